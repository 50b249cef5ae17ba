import { expect } from 'vitest';
import { type ErrorCode, MlflowError } from '../../functions/domain/errors.ts';
import type { DynamoClient } from '../../functions/store/dynamo/client/operations.ts';
import type { Store } from '../../functions/store/store.ts';
import { createFaultyClient, type FaultPlan } from './faulty-client.ts';
import { DEAD, type LateProcess, lateTableBench } from './late-process.ts';
import { openStore, promisedStore, type TestStore } from './open-test-store.ts';
import { seededRandom } from './random-text.ts';
import type { TestEngine } from './test-engine.ts';

/** A verb that things will happen to, after all that it needs was made. */
export interface Prepared {
  /** The verb, as a client calls it, and again when the first call failed. */
  readonly act: (store: Store) => Promise<unknown>;
  /** All that the verb may change, without ids that it draws. */
  readonly observe: (store: Store) => Promise<unknown>;
}

/** One verb in one situation. */
export interface FaultScenario {
  readonly name: string;
  readonly prepare: (store: Store) => Promise<Prepared>;
  /** Whether a reader can see the verb half done. */
  readonly isAtomic: boolean;
  /** What a second call answers when the first took effect unnoticed; it counts as done. */
  readonly doneBefore?: ErrorCode;
}

/** What a verb makes of an untroubled table. */
export interface Reference {
  readonly before: unknown;
  readonly after: unknown;
  readonly calls: number;
}

/** A troubled table: stores of processes that things happen to, and those that come after. */
export interface FaultBench {
  readonly prepared: Prepared;
  /** A fresh process whose calls go as planned. */
  readonly open: (plan: FaultPlan) => Store;
  readonly reopen: () => Store;
  readonly countCalls: () => number;
}

/** Ids from a seed: the same scenario gets the same ones on every table. */
function seededHex(): (digits: number) => string {
  const random = seededRandom(1);
  return (digits) => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
}

/** Prepares a scenario on a table of its own. */
export async function prepareBench(scenario: FaultScenario, engine: TestEngine): Promise<FaultBench> {
  const table = await engine.openTable();
  const { client, tableName } = table;
  const prepared = await scenario.prepare(openStore(client, tableName, { hex: seededHex() }));
  const { start, restart } = engine.options.lateWrites ? lateProcesses(table) : processes(table, engine);
  let countCalls = () => 0;
  const open = (plan: FaultPlan): Store => {
    const faulty = createFaultyClient(engine.connection(), plan);
    countCalls = faulty.countCalls;
    return start(faulty.client);
  };
  return { prepared, open, reopen: restart, countCalls: () => countCalls() };
}

/** How processes of a table come to be: one with a client of its own, and one that follows it. */
interface Processes {
  readonly start: (client: DynamoClient) => Store;
  readonly restart: () => Store;
}

const processes = ({ tableName, reopen }: TestStore, { options }: TestEngine): Processes => ({
  start: (client) => openStore(client, tableName, options),
  restart: reopen,
});

/** Each dies before the next starts, and what it had not yet brought into the table is found in its journal. */
function lateProcesses({ client, tableName, store }: TestStore): Processes {
  const bench = lateTableBench(tableName);
  let last: Promise<LateProcess> | undefined;
  const start = (own: DynamoClient): Store => {
    const before = last;
    const next = Promise.resolve(before)
      .then((process) => process?.die())
      .then(() => bench.start(client, {}, own));
    last = next;
    return promisedStore(
      store,
      next.then((process) => process.store.store),
    );
  };
  return { start, restart: () => start(client) };
}

/** Runs the verb once without a fault. */
export async function referenceOf({ prepared, open, reopen, countCalls }: FaultBench): Promise<Reference> {
  const before = await prepared.observe(reopen());
  await prepared.act(open(() => undefined));
  const calls = countCalls();
  return { before, after: await prepared.observe(reopen()), calls };
}

/** Codes that tell a client to try again. */
const TRANSIENT: readonly unknown[] = ['TEMPORARILY_UNAVAILABLE', 'REQUEST_LIMIT_EXCEEDED'];

/** Calls the verb once; gives whether it was acknowledged. Whatever else it throws must tell the client to try again. */
export async function attempt(scenario: FaultScenario, prepared: Prepared, store: Store): Promise<boolean> {
  try {
    await prepared.act(store);
    return true;
  } catch (error) {
    const code = error instanceof MlflowError ? error.code : undefined;
    if (code !== undefined && code === scenario.doneBefore) return true;
    if (error === KILLED.error || error === DEAD) return false;
    expect(TRANSIENT, String(error)).toContain(code);
    return false;
  }
}

const KILLED = { kind: 'refused', error: new Error('The process was killed') } as const;

/** From call `from` on nothing gets out: what a process leaves that dies just before it. */
export const killedAt =
  (from: number): FaultPlan =>
  ({ number }) =>
    number >= from ? KILLED : undefined;
