import type { Key, KeyPrefix } from './key.ts';

/** Work spreads over this many partitions: each takes a thousand notes a second, and costs a read when it is empty. */
const WORK_SHARDS = 8;

/** All items of work lie in partitions with this prefix. */
export const WORK_PARTITIONS = 'WORK#';

/** Which run was written to. The digits at the end of its id are random. */
export const workKey = (runId: string): Key => ({
  pk: `${WORK_PARTITIONS}${Number.parseInt(runId.slice(-1), 16) % WORK_SHARDS}`,
  sk: runId,
});

export const WORK_PREFIXES: readonly KeyPrefix[] = Array.from({ length: WORK_SHARDS }, (_, shard) => ({
  pk: `${WORK_PARTITIONS}${shard}`,
  skPrefix: '',
}));

/** Experiments whose archive is damaged. */
export const DAMAGES: KeyPrefix = { pk: `${WORK_PARTITIONS}damaged`, skPrefix: '' };

export const damageKey = (experimentId: string): Key => ({ pk: DAMAGES.pk, sk: experimentId });

/** Up to where the table has what an only writer's journal holds. */
export const appliedKey: Key = { pk: 'JOURNAL', sk: 'applied' };
