import type { DatasetInput } from '../../functions/domain/dataset.ts';
import { MAX_ENTITIES_PER_BATCH, MAX_METRICS_PER_BATCH, MAX_PARAMS_PER_BATCH } from '../../functions/domain/limits.ts';
import { wireMetric } from '../../functions/protocol/entities.ts';
import type { BelievableRun } from './believable-run.ts';
import type { Calls } from './calls.ts';
import { experimentTags, type RunWriter, slicesOf } from './run-writer.ts';
import { textAt } from './text-at.ts';

/** Writes runs as a training does, by MLflow's calls: created, logged in batches, ended. */
export function createCallWriter({ find, post }: Calls): RunWriter {
  return {
    openExperiment: async (name, project) => {
      const found = await find('experiments/get-by-name', { experiment_name: name });
      if (found !== undefined) return textAt(found, 'experiment', 'experiment_id');
      return textAt(await post('experiments/create', { name, tags: experimentTags(project) }), 'experiment_id');
    },
    writeRun: async (experimentId, run) => {
      const created = await post('runs/create', {
        experiment_id: experimentId,
        run_name: run.name,
        user_id: run.userId,
        start_time: run.startTime,
        tags: run.tags,
      });
      const runId = textAt(created, 'run', 'info', 'run_id');
      for (const batch of batchesOf(run)) await post('runs/log-batch', { run_id: runId, ...batch });
      if (run.datasets.length > 0) {
        await post('runs/log-inputs', { run_id: runId, datasets: run.datasets.map(wireDataset) });
      }
      if (run.endTime !== undefined) {
        await post('runs/update', { run_id: runId, status: run.status, end_time: run.endTime });
      }
      return runId;
    },
  };
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

const wireDataset = ({ dataset: { sourceType, ...rest }, tags }: DatasetInput) => ({
  dataset: { ...rest, source_type: sourceType },
  tags,
});
