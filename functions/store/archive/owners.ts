import { REPLACES, RUN_ID, valueOfRow } from '../segments/column.ts';
import type { Segment } from '../segments/segment.ts';

/** For runs that may stand in several segments, the place of the segment whose row counts. */
export type Owners = ReadonlyMap<string, number>;

/** Reads which rows take the place of older ones: among those of a run the one that replaces the highest version. */
export async function ownersOf(segments: readonly Segment[]): Promise<Owners> {
  const owners = new Map<string, number>();
  const replaced = new Map<string, number>();
  for (const [index, segment] of segments.entries()) {
    if (!segment.has(REPLACES)) continue;
    const [versions, ids] = await Promise.all([segment.column(REPLACES), segment.column(RUN_ID)]);
    if (versions?.type !== 'number' || ids === undefined) continue;
    for (const [at, version] of versions.values.entries()) {
      const runId = String(valueOfRow(ids, versions.rows === undefined ? at : Number(versions.rows[at])));
      if (Number(version) < (replaced.get(runId) ?? 0)) continue;
      replaced.set(runId, Number(version));
      owners.set(runId, index);
    }
  }
  return owners;
}

/** Whether a row is an old one of a run that has a newer one in another segment. */
export const isReplaced = (owners: Owners, index: number, runId: string): boolean =>
  (owners.get(runId) ?? index) !== index;
