import { datasetContextOf } from '../../domain/dataset.ts';
import { type Column, RUN_ID, valueAt, valueOfRow } from '../segments/column.ts';
import type { Segment } from '../segments/segment.ts';
import type { DatasetUse } from '../store.ts';
import type { AllRuns, ArchivedRuns } from './archived-runs.ts';
import { isReplaced } from './owners.ts';

/** Makes the verb that lists how runs used datasets. */
export const createDatasetUses =
  (archivedRuns: ArchivedRuns): ((experimentId: string) => Promise<readonly DatasetUse[]>) =>
  (experimentId) =>
    archivedRuns.withAll(experimentId, async (all) => {
      const uses = new Map<string, DatasetUse>();
      const add = (use: DatasetUse) => uses.set(JSON.stringify([use.name, use.digest, use.context]), use);
      for (const { run } of all.live) {
        for (const { name, digest, tags } of run.datasets) add({ name, digest, context: datasetContextOf(tags) });
      }
      for (const index of all.segments.keys()) for (const use of await usesInSegment(all, index)) add(use);
      return [...uses.values()];
    });

/** The three columns have an entry for each dataset of a run, in the same order. */
async function usesInSegment({ liveIds, segments, owners }: AllRuns, index: number): Promise<readonly DatasetUse[]> {
  const segment = segments[index];
  const columns = segment && (await datasetColumns(segment));
  if (!columns) return [];
  const { names, digests, contexts, runIds } = columns;
  const isHidden = (row: number) => {
    const runId = String(valueOfRow(runIds, row));
    return liveIds.has(runId) || isReplaced(owners, index, runId);
  };
  const uses: DatasetUse[] = [];
  const seen = new Set<string>();
  const count = names.type === 'text' ? names.codes.length : 0;
  for (let at = 0; at < count; at += 1) {
    const use = codesAt([names, digests, contexts], at);
    if (seen.has(use) || isHidden(names.rows === undefined ? at : Number(names.rows[at]))) continue;
    seen.add(use);
    const context = contexts && valueAt(contexts, at);
    uses.push({
      name: String(valueAt(names, at)),
      digest: String(valueAt(digests, at)),
      context: context === undefined ? undefined : String(context),
    });
  }
  return uses;
}

async function datasetColumns(segment: Segment) {
  const load = (key: string) => segment.column({ kind: 'dataset', key });
  const [names, digests, contexts, runIds] = await Promise.all([
    load('name'),
    load('digest'),
    load('context'),
    segment.column(RUN_ID),
  ]);
  return names && digests && runIds ? { names, digests, contexts, runIds } : undefined;
}

const codesAt = (columns: readonly (Column | undefined)[], at: number): string =>
  columns.map((column) => (column?.type === 'text' ? column.codes[at] : '')).join();
