import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { StageMark } from '../../domain/lifecycle.ts';
import type { Key } from './keys.ts';
import { type Item, keyItem, keyOf, type Table } from './table.ts';

/** The stage marks of runs and experiments, which stand beside their documents: all that a writer of metrics must know. */
export interface Marks {
  /** The marks under the keys, in their order; undefined where there is no document. */
  readonly find: (keys: readonly Key[]) => Promise<readonly (StageMark | undefined)[]>;
  /** Tells what a document says since a write of this process. */
  readonly learn: (document: Item) => void;
  /** Tells that a write failed, which may have taken effect all the same. */
  readonly forget: (key: Key) => void;
}

const MAX_KNOWN = 10_000;

/** The attributes of a document that carry its mark. */
export const markItem = ({ stage, stageGeneration, removal }: StageMark): Item => ({
  st: { S: removal === undefined ? stage : REMOVED },
  sg: { N: String(stageGeneration) },
});

/** In the place of the stage: writers need not know how far the removal is. */
const REMOVED = 'removed';

function markOf({ st, sg }: Item): StageMark {
  const stageGeneration = Number(sg?.N ?? 0);
  if (st?.S === REMOVED) return { stage: 'deleted', stageGeneration, removal: 'begun' };
  return { stage: st?.S === 'deleted' ? 'deleted' : 'active', stageGeneration };
}

/** In a transaction of others: the document under the key still has this mark. */
export const checkMark = (tableName: string, key: Key, mark: StageMark): TransactWriteItem => {
  const { st, sg } = markItem(mark);
  return {
    ConditionCheck: {
      TableName: tableName,
      Key: keyItem(key),
      ConditionExpression: 'st = :st AND sg = :sg',
      ExpressionAttributeValues: { ':st': st ?? { NULL: true }, ':sg': sg ?? { NULL: true } },
    },
  };
};

const textOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;

/**
 * Marks of a table. When this process is its only writer (a laptop, where the data dir is locked) they are kept once
 * read; otherwise each is read anew, strongly consistent.
 */
export function createMarks(table: Table, isOnlyWriter: boolean): Marks {
  const known = new Map<string, StageMark>();
  let writes = 0;

  const remember = (key: string, mark: StageMark) => {
    const [oldest] = known.keys();
    if (known.size >= MAX_KNOWN && oldest !== undefined) known.delete(oldest);
    known.set(key, mark);
  };

  const read = async (keys: readonly Key[]): Promise<ReadonlyMap<string, StageMark>> => {
    const writesBefore = writes;
    const items = keys.length === 0 ? [] : await table.getMany(keys);
    const marks = new Map(items.map((item) => [textOf(keyOf(item)), markOf(item)]));
    // What was read beside a write may be older than it: only the writer knows.
    const isSure = isOnlyWriter && writes === writesBefore;
    if (isSure) for (const [key, mark] of marks) remember(key, mark);
    return marks;
  };

  return {
    find: async (keys) => {
      const inHand = new Map(keys.map((key) => [textOf(key), known.get(textOf(key))]));
      const fresh = await read(keys.filter((key) => !inHand.get(textOf(key))));
      return keys.map((key) => inHand.get(textOf(key)) ?? fresh.get(textOf(key)));
    },
    learn: (document) => {
      writes += 1;
      if (isOnlyWriter && document.st) remember(textOf(keyOf(document)), markOf(document));
    },
    forget: (key) => {
      writes += 1;
      known.delete(textOf(key));
    },
  };
}
