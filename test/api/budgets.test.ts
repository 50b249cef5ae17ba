import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { findDynoxide } from '../../local/dynamodb/dynoxide/find-dynoxide.ts';
import { randomText, seededRandom } from '../store/random-text.ts';
import { type MeteredAnswer, type MeteredCall, meteredServerAroundTests } from '../support/metered-server.ts';

/** What a request may consume at most. Those of docs/costs.md; the design's are marked there. */
interface Budget {
  readonly writes: number;
  readonly reads: number;
  readonly s3?: number;
}

/** Prepares, and makes the request that is measured the last one. */
type Request = (call: MeteredCall) => Promise<MeteredAnswer>;

const API = '/api/2.0/mlflow';
const FILES = '/api/2.0/mlflow-artifacts/artifacts';
const START = 1_700_000_000_000;

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);
const tenTags = upTo(10).map((at) => ({ key: `team.tag.${at}`, value: `value of the tag ${at}` }));
const hundredParams = upTo(100).map((at) => ({ key: `model.layer_${at}.units`, value: randomText(60, at) }));

/** Points as a training logs them: values and times as random as they come. */
const trainingPoints = (firstStep = 0) => {
  const random = seededRandom(firstStep + 3);
  return upTo(1000).map((at) => ({
    key: `train/metric_${at % 10}`,
    value: random(),
    timestamp: START + at * 97 + Math.floor(random() * 40),
    step: firstStep + Math.floor(at / 10),
  }));
};

const createdRun = z.object({ run: z.object({ info: z.object({ run_id: z.string() }) }) });
const createdExperiment = z.object({ experiment_id: z.string() });

const createRun = (call: MeteredCall, experimentId = '0') =>
  call('POST', `${API}/runs/create`, { experiment_id: experimentId, tags: tenTags });

const createExperiment: Request = (call) => call('POST', `${API}/experiments/create`, { name: randomUUID() });

async function newRun(call: MeteredCall, experimentId?: string): Promise<string> {
  const { body } = await createRun(call, experimentId);
  return createdRun.parse(JSON.parse(body)).run.info.run_id;
}

async function newExperiment(call: MeteredCall): Promise<string> {
  const { body } = await createExperiment(call);
  return createdExperiment.parse(JSON.parse(body)).experiment_id;
}

const logBatch = (call: MeteredCall, runId: string, batch: object) =>
  call('POST', `${API}/runs/log-batch`, { run_id: runId, ...batch });

const onNewRun =
  (operation: string, fields: object): Request =>
  async (call) =>
    call('POST', `${API}/runs/${operation}`, { run_id: await newRun(call), ...fields });

const twoTags = [
  { key: 'team', value: 'vision' },
  { key: 'mlflow.note.content', value: 'What this is about' },
];

const createVersion = (call: MeteredCall, name: string, runId = randomUUID().replaceAll('-', '')) =>
  call('POST', `${API}/model-versions/create`, { name, source: 's3://models/1', run_id: runId, tags: twoTags });

/** The name of a registered model of its own, with so many versions. */
async function newModel(call: MeteredCall, versions = 0): Promise<string> {
  const name = randomUUID();
  await call('POST', `${API}/registered-models/create`, { name });
  for (const _ of upTo(versions)) await createVersion(call, name);
  return name;
}

const dataset = { name: 'iris', digest: 'd', source_type: 'local', source: '{"uri":"iris.csv"}', schema: '{}' };

const onNewFile =
  (request: (call: MeteredCall, folder: string) => Promise<MeteredAnswer>): Request =>
  async (call) => {
    const folder = `0/${await newRun(call)}/artifacts`;
    await call('PUT', `${FILES}/${folder}/model.bin`, new Uint8Array(100_000));
    return request(call, folder);
  };

const REQUESTS: readonly (readonly [string, Budget, Request])[] = [
  ['create run, 10 tags', { writes: 3, reads: 1 }, (call) => createRun(call)],
  [
    'log-metric, one point',
    // The design asks for 1 RRU; the marks of the run and of its experiment, both read anew, are two.
    { writes: 3, reads: 2 },
    onNewRun('log-metric', { key: 'loss', value: 0.5, timestamp: START, step: 1 }),
  ],
  [
    'log-batch, 1,000 points of 10 metrics',
    { writes: 30, reads: 2 },
    async (call) => logBatch(call, await newRun(call), { metrics: trainingPoints() }),
  ],
  [
    'log-batch, 100 params',
    { writes: 20, reads: 3 },
    async (call) => logBatch(call, await newRun(call), { params: hundredParams }),
  ],
  ['log-parameter', { writes: 3, reads: 2 }, onNewRun('log-parameter', { key: 'depth', value: '6' })],
  ['set-tag', { writes: 3, reads: 2 }, onNewRun('set-tag', { key: 'team', value: 'vision' })],
  ['log-inputs, one dataset', { writes: 3, reads: 6 }, onNewRun('log-inputs', { datasets: [{ dataset }] })],
  ['update run, finished', { writes: 3, reads: 4 }, onNewRun('update', { status: 'FINISHED', end_time: START })],
  ['delete run', { writes: 3, reads: 2 }, onNewRun('delete', {})],
  [
    'get run, 10 tags, 10 metrics',
    { writes: 0, reads: 2 },
    async (call) => {
      const runId = await newRun(call);
      await logBatch(call, runId, { metrics: trainingPoints() });
      return call('GET', `${API}/runs/get?run_id=${runId}`);
    },
  ],
  [
    'metric history, 1,000 points, from 10 log calls of 10 metrics',
    { writes: 0, reads: 40 },
    async (call) => {
      const runId = await newRun(call);
      for (const at of upTo(10)) await logBatch(call, runId, { metrics: trainingPoints(at * 100) });
      return call('GET', `${API}/metrics/get-history?run_id=${runId}&metric_key=train/metric_0`);
    },
  ],
  [
    'search runs, 100 live ones with 10 tags and 10 metrics',
    { writes: 0, reads: 60 },
    async (call) => {
      const experimentId = await newExperiment(call);
      const runIds = await Promise.all(upTo(100).map(() => newRun(call, experimentId)));
      await Promise.all(runIds.map((runId) => logBatch(call, runId, { metrics: trainingPoints().slice(0, 10) })));
      return call('POST', `${API}/runs/search`, { experiment_ids: [experimentId], filter: "tags.`team.tag.1` != ''" });
    },
  ],
  ['create experiment', { writes: 5, reads: 2 }, createExperiment],
  ['get experiment', { writes: 0, reads: 1 }, (call) => call('GET', `${API}/experiments/get?experiment_id=0`)],
  [
    'create registered model, two tags',
    { writes: 4, reads: 2 },
    (call) => call('POST', `${API}/registered-models/create`, { name: randomUUID(), tags: twoTags }),
  ],
  [
    'create model version of a run, two tags',
    { writes: 6, reads: 4 },
    async (call) => createVersion(call, await newModel(call)),
  ],
  [
    'set alias of a model version',
    { writes: 6, reads: 5 },
    async (call) => {
      const name = await newModel(call, 1);
      return call('POST', `${API}/registered-models/alias`, { name, alias: 'champion', version: '1' });
    },
  ],
  [
    'get model version by alias',
    { writes: 0, reads: 4 },
    async (call) => {
      const name = await newModel(call, 1);
      await call('POST', `${API}/registered-models/alias`, { name, alias: 'champion', version: '1' });
      return call('GET', `${API}/registered-models/alias?name=${name}&alias=champion`);
    },
  ],
  [
    'search model versions of one model, which has 10',
    { writes: 0, reads: 12 },
    async (call) => call('GET', `${API}/model-versions/search?filter=name='${await newModel(call, 10)}'`),
  ],
  [
    'search model versions of a run',
    { writes: 0, reads: 3 },
    async (call) => {
      const run = randomUUID().replaceAll('-', '');
      await createVersion(call, await newModel(call), run);
      return call('GET', `${API}/model-versions/search?filter=run_id='${run}'`);
    },
  ],
  [
    'search registered models by name',
    { writes: 0, reads: 3 },
    async (call) => call('GET', `${API}/registered-models/search?filter=name='${await newModel(call, 3)}'`),
  ],
  [
    'upload a file of 100 KB',
    { writes: 0, reads: 0, s3: 1 },
    onNewFile((call, folder) => call('PUT', `${FILES}/${folder}/again.bin`, new Uint8Array(100_000))),
  ],
  [
    'download a file of 100 KB',
    { writes: 0, reads: 0, s3: 1 },
    onNewFile((call, folder) => call('GET', `${FILES}/${folder}/model.bin`)),
  ],
  ['list files', { writes: 0, reads: 0, s3: 1 }, onNewFile((call, folder) => call('GET', `${FILES}?path=${folder}`))],
];

const hasDynoxide = (await findDynoxide()).kind === 'found';
const ENGINES = hasDynoxide ? (['dynoxide', 'dynalite'] as const) : (['dynalite'] as const);

const USD_PER_WRITE_UNIT = 0.625e-6;

describe.each(ENGINES)('over HTTP on %s', (engine) => {
  const call = meteredServerAroundTests(engine);
  // The first request of all makes the default experiment.
  beforeAll(() => newRun(call));

  test.each(REQUESTS)('%s keeps to its budget', async (name, budget, request) => {
    const { status, body, cost } = await request(call);
    expect([status, status === 200 ? '' : body]).toEqual([200, '']);
    const { writeUnits: writes, readUnits: reads, s3Gets, s3Puts, s3Lists, s3Deletes } = cost;
    const s3 = s3Gets + s3Puts + s3Lists + s3Deletes;
    const figures = [`${writes} WRU of ${budget.writes}`, `${reads} RRU of ${budget.reads}`];
    if (budget.s3 !== undefined) figures.push(`${s3} S3 request of ${budget.s3}`);
    console.info(`budget: ${name}: ${figures.join(', ')}`);
    expect(writes).toBeLessThanOrEqual(budget.writes);
    expect(reads).toBeLessThanOrEqual(budget.reads);
    expect(s3).toBeLessThanOrEqual(budget.s3 ?? 0);
  });

  test('a month of 2 billion points in batches of 1,000 keeps to 60 USD of writes', async () => {
    const { cost } = await logBatch(call, await newRun(call), { metrics: trainingPoints() });
    const usd = cost.writeUnits * 2_000_000 * USD_PER_WRITE_UNIT;
    console.info(`budget: a month of 2 billion points in batches of 1,000: ${usd.toFixed(2)} USD of writes of 60`);
    expect(usd).toBeLessThan(60);
  });
});
