import { type Api, apiOf } from './api.ts';

const BIT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** As MLflow writes it, folded over lines. */
const mlModelOf = (runId: string, type: string): string => `artifact_path: model
flavors:
  python_function:
    env:
      conda: conda.yaml
    loader_module: mlflow.sklearn
    python_version: 3.12.3
  sklearn:
    code: null
    sklearn_version: 1.5.2
mlflow_version: 3.17.2
model_size_bytes: 1532
run_id: ${runId}
signature:
  inputs: '[{"type": "${type}", "name": "sepal length (cm)", "required": true}, {"type":
    "double", "name": "petal width (cm)", "required": true}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
  params: null
utc_time_created: '2026-01-02 03:04:05.123456'
`;

const CSV = `name,score\n${Array.from({ length: 3_000 }, (_, index) => `row ${index},${index / 10}`).join('\n')}\n`;

/** Puts a file among a run's artifacts, as the stock client does. */
export async function putArtifact(
  url: string,
  { experimentId, runId, path }: { readonly experimentId: string; readonly runId: string; readonly path: string },
  body: string | Uint8Array<ArrayBuffer>,
): Promise<void> {
  await apiOf(url).putFile(`${experimentId}/${runId}/artifacts/${path}`, body);
}

/** A run with a file of each kind. */
export async function runWithFiles(url: string, api: Api, experimentId: string): Promise<string> {
  const runId = await api.createRun(experimentId, {
    name: 'with files',
    metrics: { loss: 0.25 },
    params: { lr: '0.1' },
  });
  const files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> = {
    'model/MLmodel': mlModelOf(runId, 'double'),
    'model/conda.yaml': 'channels:\n- conda-forge\n',
    'plots/deep/loss.png': new Uint8Array(BIT),
    'plots/figure.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle r="20" cx="20" cy="20"/></svg>',
    'tables/scores.csv': CSV,
    'data.json': '{"a":{"b":[1,2]}}',
    'wrong.json': '{"a":',
    'train.py': 'import mlflow\nprint("hello")\n',
    'notes.md': '# Notes\n\n- one\n',
    'report.html':
      '<!doctype html><h1>Report of it</h1><script>document.title = "owned"; parent.document.title = "owned"</script>',
    'explore.ipynb': JSON.stringify({
      cells: [{ cell_type: 'code', source: 'print(1)', outputs: [{ text: 'out of the cell' }] }],
    }),
    'weights.bin': 'x',
    'empty.txt': '',
    'long.log': `${'a line of a long log\n'.repeat(60_000)}the end`,
  };
  for (const [path, body] of Object.entries(files)) await putArtifact(url, { experimentId, runId, path }, body);
  return runId;
}

/** Three versions of a model from two runs, with stages, aliases and tags. */
export async function modelWithVersions(api: Api, name: string): Promise<readonly string[]> {
  const experimentId = await api.createExperiment(`for ${name}`);
  await api.post('registered-models/create', {
    name,
    description: '## What it is\n\nTells *flowers* apart.',
    tags: [{ key: 'team', value: 'vision' }],
  });
  const runIds: string[] = [];
  for (const [at, type] of ['double', 'float', 'double'].entries()) {
    const runId = await api.createRun(experimentId, {
      name: `try ${at + 1}`,
      params: { depth: '3', lr: `0.${at + 1}` },
      metrics: { accuracy: 0.9 + at / 100, loss: 0.5 },
    });
    await api.putFile(`${experimentId}/${runId}/artifacts/model/MLmodel`, mlModelOf(runId, type));
    await api.post('model-versions/create', {
      name,
      source: `mlflow-artifacts:/${experimentId}/${runId}/artifacts/model`,
      run_id: runId,
      description: `Number ${at + 1}`,
    });
    runIds.push(runId);
  }
  const stage = (version: string, to: string) =>
    api.post('model-versions/transition-stage', { name, version, stage: to, archive_existing_versions: false });
  await stage('1', 'Production');
  await stage('2', 'Staging');
  await api.post('registered-models/alias', { name, alias: 'champion', version: '1' });
  await api.post('model-versions/set-tag', { name, version: '2', key: 'checked', value: 'yes' });
  return runIds;
}
