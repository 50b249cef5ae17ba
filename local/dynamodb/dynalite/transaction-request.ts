import type { Item } from 'dynalite/db/index.js';
import { isItem } from './is-item.ts';
import { validationError } from './refusal.ts';

// AWS: Service quotas, "Transaction limits".
const MAX_PARTS = 100;

/** One entry of TransactItems: what it does, and its fields as a request to that operation. */
export interface RequestedPart<Kind extends string> {
  readonly kind: Kind;
  readonly fields: Item;
}

/** Reads the 1 to 100 entries of a transaction, each of exactly one of these kinds; throws a refusal for anything else. */
export const readParts = <Kind extends string>(input: Item, kinds: readonly Kind[]): readonly RequestedPart<Kind>[] => {
  const { TransactItems: entries, ReturnConsumedCapacity } = input;
  if (!Array.isArray(entries) || entries.length === 0) {
    throw validationError('TransactItems must have at least one entry');
  }
  if (entries.length > MAX_PARTS) {
    throw validationError(`Member must have length less than or equal to ${MAX_PARTS}: TransactItems`);
  }
  return entries.map((entry: unknown) => readPart(entry, kinds, { ReturnConsumedCapacity }));
};

const readPart = <Kind extends string>(entry: unknown, kinds: readonly Kind[], shared: Item): RequestedPart<Kind> => {
  const found = kinds.flatMap((kind) => {
    const fields = isItem(entry) ? entry[kind] : undefined;
    return isItem(fields) ? [{ kind, fields: { ...fields, ...shared } }] : [];
  });
  const [part] = found;
  if (part && found.length === 1) return part;
  throw validationError(`TransactItems can only contain one of ${kinds.join(', ')}`);
};

/** The capacity that a transaction's actions used, by table: twice what each uses alone. Undefined when nobody asked. */
export const consumedBy = (
  outputs: readonly Item[],
  unit: 'ReadCapacityUnits' | 'WriteCapacityUnits',
): readonly Item[] | undefined => {
  const unitsOf = new Map<unknown, number>();
  for (const { ConsumedCapacity: consumed } of outputs) {
    if (!isItem(consumed)) return undefined;
    const { TableName, CapacityUnits } = consumed;
    unitsOf.set(TableName, (unitsOf.get(TableName) ?? 0) + 2 * Number(CapacityUnits));
  }
  return [...unitsOf].map(([TableName, units]) => ({ TableName, CapacityUnits: units, [unit]: units }));
};
