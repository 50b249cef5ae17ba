import { hashOf, type Key, type KeyPrefix } from './key.ts';

export const metricHistoryPrefix = (ownerId: string): KeyPrefix => ({ pk: `METRICS#${ownerId}`, skPrefix: 'S#' });

export const metricAppendKey = (ownerId: string, sortableId: string): Key => ({
  pk: `METRICS#${ownerId}`,
  sk: `S#${sortableId}`,
});

export const isMetricAppendKey = ({ pk, sk }: Key): boolean => sk.startsWith('S#') && pk.startsWith('METRICS#');

/** All of a metric history, however it is packed. */
export const metricsPrefix = (ownerId: string): KeyPrefix => ({ pk: `METRICS#${ownerId}`, skPrefix: '' });

/** What is appended and, behind it, the index of the shared parts: read in this order, no point is missed. */
export const metricTailPrefix = (runId: string): KeyPrefix => ({ pk: `METRICS#${runId}`, skPrefix: 'S' });

export const sharedIndexKey = (runId: string): Key => ({ pk: `METRICS#${runId}`, sk: 'S~' });

export const sharedPartKey = (runId: string, seq: number): Key => ({ pk: `METRICS#${runId}`, sk: `P#${seq}` });

/** A metric's key may be longer than a sort key: its hash stands for it. */
export const metricIndexKey = (runId: string, key: string): Key => ({ pk: `METRICS#${runId}`, sk: `X#${hashOf(key)}` });

export const metricChunkKey = (runId: string, key: string, seq: number): Key => ({
  pk: `METRICS#${runId}`,
  sk: `C#${hashOf(key)}#${seq}`,
});

/** Where a metric stands among those of the shared parts, which are sorted by it. */
export const sharedRank = (key: string): string => hashOf(key);
