import { describe, expect, test } from 'vitest';
import { MAX_ATTEMPTS } from '../../functions/store/dynamo/client/create-dynamo-client.ts';
import type { OperationName } from '../../functions/store/dynamo/client/operations.ts';
import type { Store } from '../../functions/store/store.ts';
import { startDynamoDb } from '../../local/dynamodb/index.ts';
import {
  attempt,
  type FaultBench,
  type FaultScenario,
  killedAt,
  prepareBench,
  type Reference,
  referenceOf,
} from './fault-scenario.ts';
import {
  type Fault,
  type FaultPlan,
  failingFirst,
  randomFaults,
  serverError,
  throttledFirst,
  throughputExceeded,
  transactionConflict,
} from './faulty-client.ts';
import type { StoreOptions } from './open-test-store.ts';
import { upTo } from './samples.ts';
import { engineAroundTests, type TestEngine } from './test-engine.ts';

/** A client that fails that often gives up. */
const MAX_CLIENT_TRIES = 60;

/** The embedded engine, running around the tests of this file. */
export const faultEngine = (options: StoreOptions = {}): TestEngine =>
  engineAroundTests(() => startDynamoDb({ log: () => undefined }), options);

const at =
  (call: number, faultOf: (operation: OperationName) => Fault | undefined): FaultPlan =>
  ({ number, operation }) =>
    number === call ? faultOf(operation) : undefined;

const losing = (call: number, times: number): FaultPlan => at(call, () => ({ kind: 'answer lost', times }));

const losingAllButOne: Fault = { kind: 'answer lost', times: MAX_ATTEMPTS - 1 };

/** Each write meets a transaction, and none when it is sent again. */
function conflictFirst(): FaultPlan {
  let isFirst = false;
  return ({ operation }) => {
    const conflict = transactionConflict(operation);
    if (conflict === undefined) return undefined;
    isFirst = !isFirst;
    return isFirst ? conflict : undefined;
  };
}

/** Calls the verb, and once more when it was not acknowledged; then the state must be that of one untroubled call. */
async function expectRetryMends(scenario: FaultScenario, bench: FaultBench, store: Store, { after }: Reference) {
  const { prepared, reopen } = bench;
  if (!(await attempt(scenario, prepared, store))) expect(await attempt(scenario, prepared, store)).toBe(true);
  expect(await prepared.observe(reopen())).toEqual(after);
}

/** What holds for every verb whatever happens to its calls: acknowledged or tried again, it comes to one and the same end. */
export function describeFaults(engine: TestEngine, scenarios: readonly FaultScenario[]): void {
  describe.each(scenarios)('$name', (scenario) => {
    const newBench = () => prepareBench(scenario, engine);
    let known: Promise<Reference> | undefined;
    const reference = () => {
      known ??= newBench().then(referenceOf);
      return known;
    };

    /** Runs `trouble` for each call of the verb, each on a table of its own. */
    const forEachCall = async (
      trouble: (bench: FaultBench, call: number, reference: Reference) => Promise<unknown>,
    ) => {
      const untroubled = await reference();
      if (!engine.options.lateWrites) expect(untroubled.calls).toBeGreaterThan(0);
      await Promise.all(
        upTo(untroubled.calls).map(async (before) => trouble(await newBench(), before + 1, untroubled)),
      );
    };

    test('is mended by its retry after throttling or an error of the engine at any call', async () => {
      await forEachCall((bench, call, untroubled) => {
        const fault = call % 2 === 0 ? throughputExceeded : serverError;
        return expectRetryMends(scenario, bench, bench.open(at(call, fault)), untroubled);
      });
    });

    test.each<[string, () => FaultPlan]>([
      ['a transaction that holds its item at every write', conflictFirst],
      ['that the first answer of every call is lost', () => () => ({ kind: 'answer lost', times: 1 })],
      ['that all answers of every call but the last are lost', () => () => losingAllButOne],
      ['throttling of every call that its last try outlives', () => () => throttledFirst(MAX_ATTEMPTS - 1)],
      ['an error of the engine at every call that its last try outlives', () => () => failingFirst(MAX_ATTEMPTS - 1)],
    ])('does not notice %s', async (_, newPlan) => {
      const { after } = await reference();
      const { prepared, open, reopen } = await newBench();
      await prepared.act(open(newPlan()));
      expect(await prepared.observe(reopen())).toEqual(after);
    });

    test('is mended by its retry when all answers of any call are lost', async () => {
      await forEachCall((bench, call, untroubled) =>
        expectRetryMends(scenario, bench, bench.open(losing(call, MAX_ATTEMPTS)), untroubled),
      );
    });

    test('is mended by its retry in another process when its own dies before any call', async () => {
      await forEachCall(async (bench, call, untroubled) => {
        const { prepared, open, reopen } = bench;
        const isDone = await attempt(scenario, prepared, open(killedAt(call)));
        // What goes into the table late may be the last of the calls.
        expect(isDone && !engine.options.lateWrites).toBe(false);
        const left = await prepared.observe(reopen());
        if (isDone) expect(left).toEqual(untroubled.after);
        if (scenario.isAtomic) expect([untroubled.before, untroubled.after]).toContainEqual(left);
        await expectRetryMends(scenario, bench, reopen(), untroubled);
      });
    });

    test('comes to the same end through faults of all kinds', async () => {
      const { after } = await reference();
      const { prepared, open, reopen } = await newBench();
      const store = open(randomFaults(scenario.name.length));
      await untilAcknowledged(() => attempt(scenario, prepared, store));
      expect(await prepared.observe(reopen())).toEqual(after);
    });
  });
}

/** Makes an attempt again until it is acknowledged. */
export async function untilAcknowledged(makeAttempt: () => Promise<boolean>): Promise<void> {
  for (const _ of upTo(MAX_CLIENT_TRIES)) if (await makeAttempt()) return;
  expect.fail('never acknowledged');
}
