import { createHash } from 'node:crypto';
import type { Item, Store } from 'dynalite/db/index.js';
import { prepareAction } from './actions.ts';
import { attemptAll, type TransactionPart } from './attempt.ts';
import { Recorder } from './recorder.ts';
import { Refusal, validationError } from './refusal.ts';
import { consumedBy, type RequestedPart, readParts } from './transaction-request.ts';

// AWS: Service quotas, "Transaction limits".
const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;
// DynamoDB keeps a token for ten minutes; a count does as well here and needs no clock.
const KEPT_TOKENS = 10_000;

const ACTION_OF = { Put: 'putItem', Update: 'updateItem', Delete: 'deleteItem', ConditionCheck: 'deleteItem' } as const;
const KINDS = ['Put', 'Update', 'Delete', 'ConditionCheck'] as const;

type Kind = (typeof KINDS)[number];

/** What a committed transaction with a ClientRequestToken answered, and to which request. */
interface Committed {
  readonly fingerprint: string;
  readonly output: Item;
}

/** TransactWriteItems over a store, to be run alone: all parts or none; a repeated ClientRequestToken gets the first answer. */
export const createTransactWrite = (store: Store): ((input: Item) => Promise<Item>) => {
  const committed = new Map<string, Committed>();
  return async (input) => {
    const { ClientRequestToken: token } = input;
    if (typeof token !== 'string') return write(store, input);
    const fingerprint = createHash('sha256').update(JSON.stringify(input.TransactItems)).digest('base64');
    const earlier = committed.get(token);
    if (earlier) return replay(earlier, fingerprint);
    const output = await write(store, input);
    committed.set(token, { fingerprint, output });
    forgetOldest(committed);
    return output;
  };
};

const replay = (earlier: Committed, fingerprint: string): Item => {
  if (earlier.fingerprint === fingerprint) return earlier.output;
  const message = 'The client request token was used before with other parameters';
  throw new Refusal('IdempotentParameterMismatchException', message);
};

const forgetOldest = (committed: Map<string, Committed>): void => {
  const [oldest] = committed.keys();
  if (committed.size > KEPT_TOKENS && oldest !== undefined) committed.delete(oldest);
};

const write = async (store: Store, input: Item): Promise<Item> => {
  const parts = readParts(input, KINDS).map((part) => preparePart(part, store));
  const recorder = new Recorder(store);
  const outputs = await attemptAll(recorder, parts);
  if (recorder.sizeBytes > MAX_TRANSACTION_BYTES) {
    throw validationError('The items of a transaction cannot have more than 4 MB together');
  }
  await recorder.commit();
  return { ConsumedCapacity: consumedBy(outputs, 'WriteCapacityUnits') };
};

const preparePart = ({ kind, fields }: RequestedPart<Kind>, store: Store): TransactionPart => {
  const isDry = kind === 'ConditionCheck';
  if (isDry && fields.ConditionExpression === undefined) throw validationError('A ConditionCheck has a condition');
  const returnsOldItem = fields.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  return { run: prepareAction(ACTION_OF[kind], fields, store), isDry, returnsOldItem };
};
