import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../functions/store/store.ts';
import { type DynamoDb, startDynamoDb } from '../../local/dynamodb/index.ts';
import {
  attempt,
  type FaultBench,
  type FaultScenario,
  killedAt,
  prepareBench,
  type Reference,
  referenceOf,
} from './fault-scenario.ts';
import { experimentScenarios } from './fault-scenarios/experiment-scenarios.ts';
import { metricScenarios } from './fault-scenarios/metric-scenarios.ts';
import { otherScenarios } from './fault-scenarios/other-scenarios.ts';
import { runScenarios } from './fault-scenarios/run-scenarios.ts';
import {
  type Fault,
  type FaultPlan,
  serverError,
  throttled,
  throughputExceeded,
  transactionConflict,
} from './faulty-client.ts';
import { connectionTo, openTestStore } from './open-test-store.ts';
import { seededRandom } from './random-text.ts';
import { addRun, point, stateOf, upTo } from './samples.ts';

const SCENARIOS = [...experimentScenarios, ...runScenarios, ...metricScenarios, ...otherScenarios];
/** The SDK's, so that a lost answer can outlive its retries. */
const SDK_TRIES = 3;
/** A client that fails on that often gives up. */
const MAX_CLIENT_TRIES = 60;

let engine: DynamoDb | undefined;
let client: DynamoDBClient | undefined;
beforeAll(async () => {
  engine = await startDynamoDb({ log: () => undefined });
  client = new DynamoDBClient(connectionTo(engine.endpoint));
});
afterAll(async () => {
  client?.destroy();
  await engine?.stop();
});

const openTable = () => {
  if (!client) throw new Error('The engine has not started');
  return openTestStore(client);
};
const benchFor = (scenario: FaultScenario): Promise<FaultBench> =>
  prepareBench(scenario, openTable, connectionTo(engine?.endpoint ?? ''));

/** Runs `trouble` for each call of the verb, each on a table of its own. */
async function forEachCall(
  scenario: FaultScenario,
  trouble: (bench: FaultBench, call: number, reference: Reference) => Promise<unknown>,
): Promise<void> {
  const reference = await referenceOf(await benchFor(scenario));
  expect(reference.calls).toBeGreaterThan(0);
  await Promise.all(upTo(reference.calls).map(async (at) => trouble(await benchFor(scenario), at + 1, reference)));
}

const at =
  (call: number, faultOf: (command: string) => Fault | undefined): FaultPlan =>
  ({ number, command }) =>
    number === call ? faultOf(command) : undefined;

/** Calls the verb, and once more when it was not acknowledged; then the state must be that of one untroubled call. */
async function expectRetryMends(
  scenario: FaultScenario,
  bench: FaultBench,
  store: Store,
  { after }: Reference,
): Promise<void> {
  const { prepared, reopen } = bench;
  if (!(await attempt(scenario, prepared, store))) expect(await attempt(scenario, prepared, store)).toBe(true);
  expect(await prepared.observe(reopen())).toEqual(after);
}

/** Faults of all kinds, one call in four. */
function randomPlan(seed: number): FaultPlan {
  const random = seededRandom(seed);
  const kinds: readonly ((command: string) => Fault | undefined)[] = [
    throughputExceeded,
    throttled,
    serverError,
    transactionConflict,
    () => ({ kind: 'answer lost', times: 1 }),
    () => ({ kind: 'answer lost', times: SDK_TRIES }),
  ];
  return ({ command }) => (random() < 0.25 ? kinds[Math.floor(random() * kinds.length)]?.(command) : undefined);
}

describe.each(SCENARIOS)('$name', (scenario) => {
  test.each([
    ['throttling', throughputExceeded],
    ["the engine's own error", serverError],
    ['a conflict of transactions', transactionConflict],
  ])('is mended by its retry after %s at any call', async (_, fault) => {
    await forEachCall(scenario, (bench, call, reference) =>
      expectRetryMends(scenario, bench, bench.open(at(call, fault)), reference),
    );
  });

  test('does not notice when the answer of any call is lost once', async () => {
    await forEachCall(scenario, async ({ prepared, open, reopen }, call, { after }) => {
      const lost = at(call, () => ({ kind: 'answer lost', times: 1 }));
      await prepared.act(open(lost));
      expect(await prepared.observe(reopen())).toEqual(after);
    });
  });

  test('is mended by its retry when all answers of any call are lost', async () => {
    await forEachCall(scenario, (bench, call, reference) => {
      const lost = at(call, () => ({ kind: 'answer lost', times: SDK_TRIES }));
      return expectRetryMends(scenario, bench, bench.open(lost), reference);
    });
  });

  test('is mended by its retry in another process when its own dies at any call', async () => {
    await forEachCall(scenario, async (bench, call, reference) => {
      const { prepared, open, reopen } = bench;
      expect(await attempt(scenario, prepared, open(killedAt(call)))).toBe(false);
      const left = await prepared.observe(reopen());
      if (scenario.isAtomic) expect([reference.before, reference.after]).toContainEqual(left);
      await expectRetryMends(scenario, bench, reopen(), reference);
    });
  });

  test.each([1, 2, 3])('comes to the same end through faults of all kinds, seed %d', async (seed) => {
    const { after } = await referenceOf(await benchFor(scenario));
    const { prepared, open, reopen } = await benchFor(scenario);
    const store = open(randomPlan(seed));
    let tries = 0;
    while (!(await attempt(scenario, prepared, store))) expect(++tries).toBeLessThan(MAX_CLIENT_TRIES);
    expect(await prepared.observe(reopen())).toEqual(after);
  });
});

describe('a last value that fell behind the history', () => {
  test('is repaired by whoever reads the history', async () => {
    const { client: healthy, tableName, store, reopen } = await openTable();
    const run = await addRun(store);
    await store.appendMetrics(stateOf(run), [point({ step: 1 })]);
    const [{ scenarioStore }] = [{ scenarioStore: reopen() }];
    expect(healthy && tableName && scenarioStore).toBeTruthy();
  });
});
