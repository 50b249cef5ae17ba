import type { DatasetInput } from '../../functions/domain/dataset.ts';
import { MAX_ENTITIES_PER_BATCH, MAX_METRICS_PER_BATCH, MAX_PARAMS_PER_BATCH } from '../../functions/domain/limits.ts';
import { wireMetric } from '../../functions/protocol/entities.ts';
import type { Family } from './believable-families.ts';
import type { BelievableRun } from './believable-run.ts';
import type { Calls } from './calls.ts';
import { textAt } from './text-at.ts';

/** Names the parent of a run (MLflow: utils/mlflow_tags.py, MLFLOW_PARENT_RUN_ID). */
const PARENT_TAG = 'mlflow.parentRunId';

/** Writes a run and then its children, as a training writes them: created, logged in batches, ended. */
export async function writeFamily(calls: Calls, experimentId: string, { parent, children }: Family): Promise<void> {
  const parentId = await writeRun(calls, experimentId, parent);
  for (const child of children) {
    const tags = [...child.tags, { key: PARENT_TAG, value: parentId }];
    await writeRun(calls, experimentId, { ...child, tags });
  }
}

async function writeRun(calls: Calls, experimentId: string, run: BelievableRun): Promise<string> {
  const created = await calls.post('runs/create', {
    experiment_id: experimentId,
    run_name: run.name,
    user_id: run.userId,
    start_time: run.startTime,
    tags: run.tags,
  });
  const runId = textAt(created, 'run', 'info', 'run_id');
  for (const batch of batchesOf(run)) await calls.post('runs/log-batch', { run_id: runId, ...batch });
  if (run.datasets.length > 0) {
    await calls.post('runs/log-inputs', { run_id: runId, datasets: run.datasets.map(wireDataset) });
  }
  if (run.endTime !== undefined) {
    await calls.post('runs/update', { run_id: runId, status: run.status, end_time: run.endTime });
  }
  return runId;
}

/** All in one batch where it fits; else the params alone, for the points then fill their batches. */
function* batchesOf({ params, points }: BelievableRun): Generator<object> {
  const fits = params.length <= MAX_PARAMS_PER_BATCH && params.length + points.length <= MAX_ENTITIES_PER_BATCH;
  if (fits) {
    yield { params, metrics: points.map(wireMetric) };
    return;
  }
  for (const batch of slicesOf(params, MAX_PARAMS_PER_BATCH)) yield { params: batch };
  for (const batch of slicesOf(points, MAX_METRICS_PER_BATCH)) yield { metrics: batch.map(wireMetric) };
}

function* slicesOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

const wireDataset = ({ dataset: { sourceType, ...rest }, tags }: DatasetInput) => ({
  dataset: { ...rest, source_type: sourceType },
  tags,
});
