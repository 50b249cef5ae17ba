import { type Home, homeOf, shardsOf } from './home.ts';
import type { Key, KeyPrefix } from './key.ts';

const runsPartition = ({ experimentId, shard }: Home): string => `RUNS#${experimentId}#${shard}`;

export const runDocumentKey = (home: Home, runId: string): Key => ({ pk: runsPartition(home), sk: `L#${runId}#doc` });

/** Everything live about one run. */
export const liveRunPrefix = (home: Home, runId: string): KeyPrefix => ({
  pk: runsPartition(home),
  skPrefix: `L#${runId}#`,
});

/** The item with a run's last values; `part` counts up when one item would grow too large. */
export const latestKey = (home: Home, runId: string, part: number): Key => ({
  pk: runsPartition(home),
  sk: part === 0 ? `L#${runId}#latest` : `L#${runId}#latest#${part}`,
});

export const archivedRunKey = (home: Home, runId: string): Key => ({ pk: runsPartition(home), sk: `A#${runId}` });

/** The partitions in which an experiment's archived runs lie. */
export const archivedRunsPrefixes = (experimentId: string): readonly KeyPrefix[] =>
  shardsOf(experimentId).map((home) => ({ pk: runsPartition(home), skPrefix: 'A#' }));

/** The archived document of a run and its parts. */
export const archivedRunPrefix = (home: Home, runId: string): KeyPrefix => ({
  pk: runsPartition(home),
  skPrefix: `A#${runId}`,
});

/** The partitions in which runs of an experiment lie, live and archived. */
export const runsPrefixes = (experimentId: string): readonly KeyPrefix[] =>
  shardsOf(experimentId).map((home) => ({ pk: runsPartition(home), skPrefix: '' }));

/** The run that an item of those partitions belongs to. */
export const runOfSortKey = (sk: string): string => sk.slice(2).split(/[#~]/)[0] ?? '';

/** All items with a run's last values. */
export const latestPrefix = (home: Home, runId: string): KeyPrefix => ({
  pk: runsPartition(home),
  skPrefix: `L#${runId}#latest`,
});

/** The partitions in which an experiment's live runs lie. */
export const liveRunsPrefixes = (experimentId: string): readonly KeyPrefix[] =>
  shardsOf(experimentId).map((home) => ({ pk: runsPartition(home), skPrefix: 'L#' }));

export type RunItemKind = 'doc' | 'latest';

/** Which run a live item belongs to, and whether it is its document (or overflow of it) or last values. */
export function parseRunSortKey(sk: string): { readonly runId: string; readonly kind: RunItemKind } {
  const [, runId = '', kind = ''] = sk.split('#');
  return { runId, kind: kind.startsWith('latest') ? 'latest' : 'doc' };
}

/** The run whose document or history an item under this key is; undefined for items that tell nothing of a write to a run. */
export function writtenRun({ pk, sk }: Key): string | undefined {
  const [family, ownerId = ''] = pk.split('#');
  if (family === 'METRICS' && sk.startsWith('S#')) return homeOf(ownerId) && ownerId;
  if (family !== 'RUNS' || !sk.startsWith('L#')) return undefined;
  // Last values are written beside the history, which tells of them.
  const { runId, kind } = parseRunSortKey(sk);
  return kind === 'doc' && homeOf(runId) ? runId : undefined;
}
