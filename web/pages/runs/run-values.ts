import { NOTE_TAG } from '../../api/experiments.ts';
import type { Run } from '../../api/runs.ts';
import type { AttributeName, ColumnId } from './column-id.ts';

const SOURCE_TAG = 'mlflow.source.name';
const COMMIT_TAG = 'mlflow.source.git.commit';
const USER_TAG = 'mlflow.user';

type Value = string | number | undefined;

const ATTRIBUTE_VALUES: Readonly<Record<AttributeName, (run: Run) => Value>> = {
  name: (run) => run.runName,
  status: (run) => run.status,
  created: (run) => run.startTime,
  duration: (run) => (run.endTime === undefined ? undefined : run.endTime - run.startTime),
  ended: (run) => run.endTime,
  user: (run) => run.tags.get(USER_TAG) || run.userId,
  experiment: (run) => run.experimentId,
  source: (run) => run.tags.get(SOURCE_TAG),
  version: (run) => run.tags.get(COMMIT_TAG),
  datasets: (run) => run.datasets.map(({ name, digest }) => `${name} (${digest})`).join(', '),
  models: (run) => run.modelOutputs.map(({ modelId }) => modelId).join(', '),
  note: (run) => run.tags.get(NOTE_TAG),
  id: (run) => run.runId,
};

/** What a column holds for a run, as it is: times and durations in ms. */
export function runValue(run: Run, id: ColumnId): Value {
  switch (id.kind) {
    case 'attribute':
      return ATTRIBUTE_VALUES[id.name](run);
    case 'metric':
      return run.metrics.get(id.key)?.value;
    case 'statistic':
      // It is no part of a run: see statistics/.
      return undefined;
    case 'param':
      return run.params.get(id.key);
    case 'tag':
      return run.tags.get(id.key);
    default: {
      const never: never = id;
      return never;
    }
  }
}

/** The mean of a metric over the runs that have it as a number; undefined when none has. */
export function meanOf(runs: readonly Run[], key: string): number | undefined {
  let sum = 0;
  let count = 0;
  for (const run of runs) {
    const value = run.metrics.get(key)?.value;
    if (value === undefined || !Number.isFinite(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? undefined : sum / count;
}
