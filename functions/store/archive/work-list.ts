import { cancellationCodes, failedCondition } from '../dynamo/failures.ts';
import { DAMAGES, damageKey, WORK_PREFIXES, workKey } from '../dynamo/keys.ts';
import { type Item, keyItem, keyOf, type Table } from '../dynamo/table.ts';
import type { TouchedRun } from './upkeep.ts';

/** A run that was written to since it was looked after. */
export interface WorkItem extends TouchedRun {
  /** When it was looked at and left as it was, in ms; undefined when nobody has. */
  readonly lookedAt: number | undefined;
}

/**
 * What the upkeep has to do, in the table. All of it are hints: they may come late, twice, in any order, or be lost, and no
 * data goes with them.
 *
 * | attribute | |
 * | at | the time of the last write, in ms |
 * | n | how many writes there were since somebody looked |
 * | look | when somebody looked, in ms |
 */
export interface WorkList {
  readonly note: (run: TouchedRun) => Promise<void>;
  readonly list: () => Promise<readonly WorkItem[]>;
  /** Forgets a run, unless it was noted since it was listed. */
  readonly done: (item: WorkItem) => Promise<void>;
  /** Remembers that a run was looked at, unless it was noted since it was listed. */
  readonly looked: (item: WorkItem, now: number) => Promise<void>;
  /** Notes that the archive of an experiment is to be made anew. */
  readonly noteDamage: (experimentId: string) => Promise<void>;
  readonly listDamaged: () => Promise<readonly string[]>;
  readonly forgetDamage: (experimentId: string) => Promise<void>;
}

const UNCHANGED = '#at = :at AND #n = :n';
const NAMES = { '#at': 'at', '#n': 'n' };

export function createWorkList(table: Table): WorkList {
  /** Counts writes that are older than the last one. An item that is gone meanwhile was done after them. */
  const addWrites = async ({ runId, writes }: TouchedRun) => {
    const update = {
      UpdateExpression: 'ADD #n :writes',
      ConditionExpression: 'attribute_exists(#at)',
      ExpressionAttributeNames: NAMES,
      ExpressionAttributeValues: { ':writes': number(writes) },
    };
    await unlessRefused(table.update(workKey(runId), update));
  };

  return {
    note: async (run) => {
      const update = {
        UpdateExpression: 'SET #at = :at ADD #n :writes',
        ConditionExpression: 'attribute_not_exists(#at) OR #at <= :at',
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: { ':at': number(run.lastWriteAt), ':writes': number(run.writes) },
      };
      if (!(await unlessRefused(table.update(workKey(run.runId), update)))) await addWrites(run);
    },
    list: async () => (await Promise.all(WORK_PREFIXES.map(table.query))).flat().map(workItemOf),
    done: async (item) => {
      const deletion = {
        Delete: {
          TableName: table.name,
          Key: keyItem(workKey(item.runId)),
          ConditionExpression: UNCHANGED,
          ExpressionAttributeNames: NAMES,
          ExpressionAttributeValues: valuesOf(item),
        },
      };
      try {
        await table.transact([deletion]);
      } catch (error) {
        cancellationCodes(error);
      }
    },
    looked: async (item, now) => {
      const update = {
        UpdateExpression: 'SET #look = :now, #n = :none',
        ConditionExpression: UNCHANGED,
        ExpressionAttributeNames: { ...NAMES, '#look': 'look' },
        ExpressionAttributeValues: { ...valuesOf(item), ':now': number(now), ':none': number(0) },
      };
      await unlessRefused(table.update(workKey(item.runId), update));
    },
    noteDamage: (experimentId) => table.put(keyItem(damageKey(experimentId))),
    listDamaged: async () => (await table.query(DAMAGES)).map((item) => keyOf(item).sk),
    forgetDamage: (experimentId) => table.writeMany([], [damageKey(experimentId)]),
  };
}

const number = (value: number) => ({ N: String(value) });

const valuesOf = ({ lastWriteAt, writes }: WorkItem) => ({ ':at': number(lastWriteAt), ':n': number(writes) });

const workItemOf = (item: Item): WorkItem => ({
  runId: keyOf(item).sk,
  lastWriteAt: Number(item.at?.N ?? 0),
  writes: Number(item.n?.N ?? 0),
  lookedAt: item.look?.N === undefined ? undefined : Number(item.look.N),
});

/** Whether a conditional write took effect. */
async function unlessRefused(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    failedCondition(error);
    return false;
  }
}
