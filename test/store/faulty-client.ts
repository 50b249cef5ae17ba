import {
  DynamoDBClient,
  type DynamoDBClientConfig,
  InternalServerError,
  ProvisionedThroughputExceededException,
  ThrottlingException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { seededRandom } from './random-text.ts';

/** What befalls one call of a client. */
export type Fault =
  /** `send` throws and the call never leaves: an error that outlived the SDK's own retries. */
  | { readonly kind: 'refused'; readonly error: Error }
  /** The call takes effect, but its answer is lost; the SDK sends it again, and `times` tries in all go that way. */
  | { readonly kind: 'answer lost'; readonly times: number };

/** A call of a client: its place among all, from 1, and its command, such as `PutItem`. */
export interface Call {
  readonly number: number;
  readonly command: string;
}

/** Decides what befalls a call; undefined lets it pass. */
export type FaultPlan = (call: Call) => Fault | undefined;

/** A client to which things happen. */
export interface FaultyClient {
  readonly client: DynamoDBClient;
  /** How many calls were made, those that were refused included. */
  readonly countCalls: () => number;
}

/** A client whose calls go as planned. */
export function createFaultyClient(config: DynamoDBClientConfig, plan: FaultPlan): FaultyClient {
  const client = new DynamoDBClient(config);
  const triesToLose = new WeakMap<object, number>();
  let calls = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      calls += 1;
      const command = (context.commandName ?? '').replace(/Command$/, '');
      const fault = plan({ number: calls, command });
      if (fault?.kind === 'refused') throw fault.error;
      if (fault?.kind === 'answer lost') triesToLose.set(context, fault.times);
      return next(args);
    },
    { step: 'initialize', name: 'refuse calls' },
  );
  // Inside the SDK's loop of retries: it is each single request that loses its answer.
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const left = triesToLose.get(context) ?? 0;
      if (left === 0) return next(args);
      triesToLose.set(context, left - 1);
      await Promise.allSettled([next(args)]);
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
    },
    { step: 'deserialize', priority: 'high', name: 'lose answers' },
  );
  return { client, countCalls: () => calls };
}

const refuse = (error: Error): Fault => ({ kind: 'refused', error });
const details = { message: 'injected', $metadata: {} };

export const throughputExceeded = (): Fault => refuse(new ProvisionedThroughputExceededException(details));
export const throttled = (): Fault => refuse(new ThrottlingException(details));
export const serverError = (): Fault => refuse(new InternalServerError(details));

const IS_TRANSACTION = /^Transact/;
const IS_WRITE = /^(Put|Update|Delete)Item$/;

/** What a write meets when another transaction holds its item; DynamoDB answers reads all the same. */
export function transactionConflict(command: string): Fault | undefined {
  if (IS_WRITE.test(command)) return refuse(new TransactionConflictException(details));
  if (!IS_TRANSACTION.test(command)) return undefined;
  const CancellationReasons = [{ Code: 'TransactionConflict' }, { Code: 'None' }, { Code: 'None' }];
  return refuse(new TransactionCanceledException({ ...details, CancellationReasons }));
}

/** How often the SDK sends a request at most, by default. */
export const SDK_TRIES = 3;

const ALL_KINDS: readonly ((command: string) => Fault | undefined)[] = [
  throughputExceeded,
  throttled,
  serverError,
  transactionConflict,
  () => ({ kind: 'answer lost', times: 1 }),
  () => ({ kind: 'answer lost', times: SDK_TRIES }),
];

/** Faults of all kinds, one call in four. */
export function randomFaults(seed: number): FaultPlan {
  const random = seededRandom(seed);
  return ({ command }) => (random() < 0.25 ? ALL_KINDS[Math.floor(random() * ALL_KINDS.length)]?.(command) : undefined);
}
