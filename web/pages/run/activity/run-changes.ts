import type { Run } from '../../../api/runs.ts';

/** Something about a run that is other than when it was last looked at. */
export interface RunChange {
  readonly kind: 'metric' | 'param' | 'tag' | 'status' | 'name' | 'dataset' | 'model';
  /** Of what; empty for the status and the name. */
  readonly key: string;
  /** What it is now; undefined for a tag that was removed. */
  readonly value: string | number | undefined;
  /** The step of a metric's value. */
  readonly step?: number;
}

/** What came in between two looks at a run: of each metric the last value, which may have come after others. */
export function changesBetween(before: Run, after: Run): readonly RunChange[] {
  return [
    ...(before.status === after.status ? [] : [{ kind: 'status', key: '', value: after.status } as const]),
    ...(before.runName === after.runName ? [] : [{ kind: 'name', key: '', value: after.runName } as const]),
    ...metricChanges(before, after),
    ...textChanges('param', before.params, after.params),
    ...textChanges('tag', before.tags, after.tags),
    ...newIn(before.datasets.map(datasetText), after.datasets.map(datasetText)).map(
      (key) => ({ kind: 'dataset', key, value: '' }) as const,
    ),
    ...newIn(modelIdsOf(before), modelIdsOf(after)).map((key) => ({ kind: 'model', key, value: '' }) as const),
  ];
}

function metricChanges(before: Run, after: Run): readonly RunChange[] {
  const changes: RunChange[] = [];
  for (const [key, { value, step, timestamp }] of after.metrics) {
    const old = before.metrics.get(key);
    // NaN is the same as NaN here.
    const isSame = old !== undefined && Object.is(old.value, value) && old.step === step && old.timestamp === timestamp;
    if (!isSame) changes.push({ kind: 'metric', key, value, step });
  }
  return changes;
}

/** MLflow sets the name of a run as a tag, too: it is told once. */
const NAME_TAG = 'mlflow.runName';

function textChanges(
  kind: 'param' | 'tag',
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly RunChange[] {
  const keys = [...new Set([...after.keys(), ...before.keys()])];
  return keys
    .filter((key) => key !== NAME_TAG && before.get(key) !== after.get(key))
    .map((key) => ({ kind, key, value: after.get(key) }));
}

const datasetText = ({ name, digest }: Run['datasets'][number]): string => `${name} ${digest}`;

const modelIdsOf = ({ modelOutputs }: Run): readonly string[] => modelOutputs.map(({ modelId }) => modelId);

function newIn(before: readonly string[], after: readonly string[]): readonly string[] {
  const known = new Set(before);
  return [...new Set(after)].filter((each) => !known.has(each));
}
