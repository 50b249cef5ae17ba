import { MAX_ATTEMPTS } from '../../functions/store/dynamo/client/create-dynamo-client.ts';
import { DynamoError, type ErrorAnswer, NoAnswerError } from '../../functions/store/dynamo/client/dynamo-error.ts';
import type { HttpAnswer, HttpPost } from '../../functions/store/dynamo/client/http-post.ts';
import type { DynamoClient, OperationName } from '../../functions/store/dynamo/client/operations.ts';
import { type Connection, openClient } from './open-test-store.ts';
import { seededRandom } from './random-text.ts';

/** What befalls one call of a client. */
export type Fault =
  /** `send` throws and the call never leaves: an error that outlived the client's own retries. */
  | { readonly kind: 'refused'; readonly error: Error }
  /** The first `times` tries of the call take effect, but their answers are lost. */
  | { readonly kind: 'answer lost'; readonly times: number }
  /** The first `times` tries of the call get this answer instead of an effect. */
  | { readonly kind: 'turned away'; readonly times: number; readonly answer: HttpAnswer };

/** A call of a client: its place among all, from 1, and its operation. */
export interface Call {
  readonly number: number;
  readonly operation: OperationName;
}

/** Decides what befalls a call; undefined lets it pass. */
export type FaultPlan = (call: Call) => Fault | undefined;

/** A client to which things happen. */
export interface FaultyClient {
  readonly client: DynamoClient;
  /** How many calls were made, those that were refused included. */
  readonly countCalls: () => number;
}

/** A client whose calls go as planned. */
export function createFaultyClient(connection: Connection, plan: FaultPlan): FaultyClient {
  let calls = 0;
  const client: DynamoClient = {
    send: async (operation, input) => {
      calls += 1;
      const fault = plan({ number: calls, operation });
      if (fault?.kind === 'refused') throw fault.error;
      // A client for each call: so the fault befalls the tries of this one and of no other at the same time.
      const post = fault ? troubled(connection.post, fault) : connection.post;
      return openClient({ ...connection, post }).send(operation, input);
    },
  };
  return { client, countCalls: () => calls };
}

/** Inside the client's loop of retries: it is each single try that things happen to. */
function troubled(post: HttpPost, fault: Exclude<Fault, { kind: 'refused' }>): HttpPost {
  let left = fault.times;
  return async (headers, body) => {
    if (left === 0) return post(headers, body);
    left -= 1;
    if (fault.kind === 'turned away') return fault.answer;
    await Promise.allSettled([post(headers, body)]);
    throw new Error('socket hang up');
  };
}

/** An exception of DynamoDB as its answer carries it. */
export const errorAnswer = (code: string, more: Omit<ErrorAnswer, '__type'> = {}): ErrorAnswer => ({
  __type: `com.amazonaws.dynamodb.v20120810#${code}`,
  message: 'injected',
  ...more,
});

const turnedAway = (status: number, code: string, times: number): Fault => ({
  kind: 'turned away',
  times,
  answer: { status, body: JSON.stringify(errorAnswer(code)) },
});

export const throttledFirst = (times: number): Fault =>
  turnedAway(400, 'ProvisionedThroughputExceededException', times);
export const failingFirst = (times: number): Fault => turnedAway(500, 'InternalServerError', times);

const refuse = (error: Error): Fault => ({ kind: 'refused', error });
const refuseWith = (status: number, answer: ErrorAnswer): Fault => refuse(new DynamoError(status, answer));

export const throughputExceeded = (): Fault => refuseWith(400, errorAnswer('ProvisionedThroughputExceededException'));
export const throttled = (): Fault => refuseWith(400, errorAnswer('ThrottlingException'));
export const serverError = (): Fault => refuseWith(500, errorAnswer('InternalServerError'));
export const unanswered = (): Fault => refuse(new NoAnswerError(new Error('socket hang up')));

const WRITES: readonly OperationName[] = ['PutItem', 'UpdateItem'];

/** What a write meets when another transaction holds its item; DynamoDB answers reads all the same. */
export function transactionConflict(operation: OperationName): Fault | undefined {
  if (WRITES.includes(operation)) return refuseWith(400, errorAnswer('TransactionConflictException'));
  if (operation !== 'TransactWriteItems') return undefined;
  const CancellationReasons = [{ Code: 'TransactionConflict' }, { Code: 'None' }, { Code: 'None' }];
  return refuseWith(400, errorAnswer('TransactionCanceledException', { CancellationReasons }));
}

const ALL_KINDS: readonly ((operation: OperationName) => Fault | undefined)[] = [
  throughputExceeded,
  throttled,
  serverError,
  unanswered,
  transactionConflict,
  () => throttledFirst(1),
  () => failingFirst(MAX_ATTEMPTS - 1),
  () => ({ kind: 'answer lost', times: 1 }),
  () => ({ kind: 'answer lost', times: MAX_ATTEMPTS }),
];

/** Faults of all kinds, one call in four. */
export function randomFaults(seed: number): FaultPlan {
  const random = seededRandom(seed);
  return ({ operation }) =>
    random() < 0.25 ? ALL_KINDS[Math.floor(random() * ALL_KINDS.length)]?.(operation) : undefined;
}
