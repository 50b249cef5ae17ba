import { datasetContextOf } from '../domain/dataset.ts';
import type { Run, RunView } from '../domain/entities.ts';
import type { AttributeValue, RunRow } from './row.ts';

/** A run as the filter language reads it. */
export function runRow({ run, metrics }: Pick<RunView, 'run' | 'metrics'>): RunRow {
  let byKey: ReadonlyMap<string, number> | undefined;
  return {
    attribute: (name) => ATTRIBUTES[name]?.(run),
    metric: (key) => {
      byKey ??= new Map(metrics.map((point) => [point.key, point.value]));
      return byKey.get(key);
    },
    param: (key) => run.params.get(key),
    tag: (key) => run.tags.get(key),
    datasets: () =>
      run.datasets.map(({ name, digest, tags }) => ({
        name,
        digest,
        context: datasetContextOf(tags),
      })),
  };
}

const ATTRIBUTES: Readonly<Record<string, (run: Run) => AttributeValue | undefined>> = {
  run_id: (run) => run.runId,
  run_name: (run) => run.runName,
  user_id: (run) => run.userId,
  status: (run) => run.status,
  artifact_uri: (run) => run.artifactUri,
  start_time: (run) => run.startTime,
  end_time: (run) => run.endTime,
};
