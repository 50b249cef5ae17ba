import type { ModelMetric } from '../../functions/domain/entities.ts';
import type {
  AttributeValue,
  DatasetInput,
  ExperimentRow,
  LoggedModelRow,
  RunRow,
} from '../../functions/search/row.ts';

type Dictionary<T> = Readonly<Record<string, T>>;

interface Fixture<Row> {
  readonly label: string;
  readonly row: Row;
}

/** Reads own keys only, so that `constructor` is no tag. */
const reader = <T>(values: Dictionary<T>) => {
  const map = new Map(Object.entries(values));
  return (key: string): T | undefined => map.get(key);
};

interface Experiment {
  readonly attributes: Dictionary<AttributeValue>;
  readonly tags?: Dictionary<string>;
}

export const experimentRow = ({ attributes, tags = {} }: Experiment): ExperimentRow => ({
  attribute: reader(attributes),
  tag: reader(tags),
});

interface Run extends Experiment {
  readonly metrics?: Dictionary<number>;
  readonly params?: Dictionary<string>;
  readonly datasets?: readonly DatasetInput[];
}

export const runRow = ({ metrics = {}, params = {}, datasets = [], ...rest }: Run): RunRow => ({
  ...experimentRow(rest),
  metric: reader(metrics),
  param: reader(params),
  datasets: () => datasets,
});

interface Model extends Experiment {
  readonly params?: Dictionary<string>;
  readonly metrics?: readonly ModelMetric[];
}

export const modelRow = ({ params = {}, metrics = [], ...rest }: Model): LoggedModelRow => ({
  ...experimentRow(rest),
  param: reader(params),
  metrics: () => metrics,
});

const NAMES = ['Default', 'ab', 'a', 'Abc', 'Ünï', 'ünÏ', '漢字', 'A%b', 'a_b', "it''s", 'back\\slash'];
const MORE_NAMES = ['\uff5e', '😀', 'zz', '  ', 'quote"d'];

/** Sixteen experiments, labelled by their ids; each but Default has its name in tag `k`. */
export const EXPERIMENTS: readonly Fixture<ExperimentRow>[] = [...NAMES, ...MORE_NAMES].map((name, id) => ({
  label: String(id),
  row: experimentRow({
    attributes: { name, experiment_id: String(id), creation_time: 1000 + id, last_update_time: 1000 + id },
    tags: {
      ...(id > 0 && { k: name }),
      ...(id > 0 && id % 2 === 0 && { odd: 'Yes' }),
      ...(name === 'Ünï' && { 'a b': 'sp', 'mlflow.experiment.isGateway': 'true' }),
    },
  }),
}));

/** The ids of the runs that MLflow gave when the facts were recorded, cut short; they decide ties. */
const RUN_IDS = new Map(
  Object.entries({
    r1: 'de15',
    r2: 'a40a',
    r3: '2e42',
    r4: '03f5',
    r5: '53dd',
    r6: '5330',
    r7: '84bd',
    r8: 'f8b1',
    r9: '5c69',
    r10: 'b8d7',
    r11: '0242',
    r12: '1787',
  }),
);

const runIdOf = (label: string): string => String(RUN_IDS.get(label));

interface RunSpec extends Omit<Run, 'attributes'> {
  readonly name?: string;
  readonly attributes?: Dictionary<AttributeValue>;
}

function run(label: string, startTime: AttributeValue, spec: RunSpec = {}): Fixture<RunRow> {
  const { name = label, attributes, tags, ...data } = spec;
  const runId = runIdOf(label);
  const row = runRow({
    ...data,
    attributes: {
      run_id: runId,
      run_name: name,
      user_id: '',
      status: 'RUNNING',
      start_time: startTime,
      artifact_uri: `mlflow-artifacts:/13/${runId}/artifacts`,
      ...attributes,
    },
    tags: { 'mlflow.runName': name, ...tags },
  });
  return { label, row };
}

const MAX = Number.MAX_VALUE;
const finished = { status: 'FINISHED', end_time: 5000, user_id: 'alice' };

const GONE: Fixture<RunRow> = {
  label: 'r12',
  row: runRow({
    attributes: {
      run_id: runIdOf('r12'),
      run_name: 'gone',
      user_id: '',
      status: 'RUNNING',
      start_time: 50,
      artifact_uri: 'mlflow-artifacts:/13/1787/artifacts',
    },
  }),
};

/** Twelve runs with NaN, missing and equal values; of r12 the tag mlflow.runName was deleted. */
export const RUNS: readonly Fixture<RunRow>[] = [
  run('r1', 1000, {
    attributes: finished,
    metrics: { m: 1.5, acc: 0.5, time: 0.3 },
    params: { p: '10', lr: '0.1' },
    tags: { t: 'x', 'a b': 'sp' },
    datasets: [{ name: 'train', digest: 'd1', context: 'training' }],
  }),
  run('r2', 2000, {
    attributes: { status: 'FAILED', end_time: 3000 },
    metrics: { m: Number.NaN, acc: 0.3 },
    params: { p: '9' },
    tags: { t: 'X' },
    datasets: [
      { name: 'test', digest: 'd2', context: 'eval' },
      { name: 'train', digest: 'd1', context: 'testing' },
    ],
  }),
  run('r3', 3000, {
    name: 'same',
    metrics: { m: 0 },
    params: { p: 'abc' },
    tags: { t: "it's" },
    datasets: [{ name: 'other', digest: 'd3' }],
  }),
  run('r4', 3000, { name: 'same', metrics: { acc: 0.7 }, params: { p: 'ABC', 'x-y': 'v' }, tags: { t: 'Ünï' } }),
  run('r5', 0, { metrics: { m: MAX }, params: { p: '😀' } }),
  run('r6', 9007199254740993n, { metrics: { m: -1 }, params: { p: '\uff5e' }, tags: { t: '' } }),
  run('r7', 3000, { metrics: { m: -0 }, params: { p: 'a_c' }, tags: { t: '50%' } }),
  run('r8', 100, { metrics: { m: -MAX }, tags: { t: 'back\\slash', t2: "a''b" } }),
  run('r9', 3000, { metrics: { m: 1.5 }, params: { p: 'ünÏ' }, tags: { t: 'line1\nline2' } }),
  run('r10', 1000, {
    attributes: { status: 'KILLED' },
    metrics: { m: Number.NaN },
    params: { p: 'ÜNÏ', lr: '0.1' },
    tags: { t: 'a AND b' },
  }),
  run('r11', 1000, {
    metrics: { select: 1, '0x1f': 5, timestamp: 7 },
    params: { order: '1', 'a.b': 'dot', time: 'q' },
    tags: { 'mlflow.parentRunId': 'pp', 'k:z': 'c', 'a/b': 's' },
  }),
  GONE,
];

interface ModelSpec extends Omit<Model, 'attributes'> {
  readonly attributes?: Dictionary<AttributeValue>;
}

/** `at` is the time of creation, `id` decides ties. */
function model(label: string, id: string, at: number, name: string, spec: ModelSpec = {}): Fixture<LoggedModelRow> {
  const { attributes, ...data } = spec;
  const row = modelRow({
    ...data,
    attributes: {
      model_id: `m-${id}`,
      name,
      model_type: 't1',
      source_run_id: '',
      status: 'LOGGED_MODEL_PENDING',
      experiment_id: '13',
      artifact_location: `mlflow-artifacts:/13/models/m-${id}/artifacts`,
      lifecycle_stage: 'active',
      creation_timestamp_ms: at,
      last_updated_timestamp_ms: at,
      ...attributes,
    },
  });
  return { label, row };
}

export function point(key: string, value: number, runLabel: string, rest: Partial<ModelMetric> = {}): ModelMetric {
  const where = { datasetName: undefined, datasetDigest: undefined, timestamp: 1, step: 1 };
  return { key, value, runId: runIdOf(runLabel), ...where, ...rest };
}

const on = (datasetName: string, datasetDigest: string, timestamp: number, step: number) => ({
  datasetName,
  datasetDigest,
  timestamp,
  step,
});

/** Six logged models, made in this order; a has two points of one moment, b a value that MLflow stores in place of NaN. */
export const MODELS: readonly Fixture<LoggedModelRow>[] = [
  model('a', '0bc9', 11, 'alpha', {
    attributes: { status: 'LOGGED_MODEL_READY', source_run_id: runIdOf('r1') },
    params: { p: '1' },
    tags: { t: 'x' },
    metrics: [
      point('acc', 0.9, 'r1', on('ds', 'g1', 100, 1)),
      point('acc', 0.1, 'r1', on('ds', 'g2', 50, 5)),
      point('acc', 0.3, 'r2', on('other', 'h', 100, 1)),
    ],
  }),
  model('b', 'fe6f', 12, 'beta', {
    attributes: { status: 'LOGGED_MODEL_UPLOAD_FAILED', model_type: '', source_run_id: runIdOf('r2') },
    params: { p: '2' },
    tags: { t: 'y' },
    metrics: [point('acc', 0, 'r1', on('ds', 'g1', 200, 1)), point('acc', 0.5, 'r1', { timestamp: 100, step: 9 })],
  }),
  model('c', '76d7', 13, 'alpha', {
    attributes: { model_type: 't2' },
    metrics: [
      point('acc', 0.7, 'r1', on('ds', 'g1', 10, 1)),
      point('acc', 0.2, 'r1', on('other', 'h', 10, 2)),
      point('loss', MAX, 'r3'),
    ],
  }),
  model('d', '6aa4', 14, 'Ünï', {
    params: { 'x-y': 'v' },
    tags: { 'a b': 'sp' },
    metrics: [point('loss', 2, 'r1', { datasetName: 'ds', datasetDigest: 'g9' })],
  }),
  model('e', '765b', 15, 'e e', { metrics: [point('acc', 0.3, 'r1')] }),
  model('f', 'fa67', 16, 'back\\slash', { metrics: [point('f', 0.3, 'r1'), point('time', 0.3, 'r1')] }),
];
