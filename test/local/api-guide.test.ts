import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTracklet, type TrackletProcess } from '../support/spawn-tracklet.ts';

const guide = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');
const examples = [...guide.matchAll(/```sh\n([^`]+)```\n\n```json\n([^`]+)```/g)].map(
  ([, command = '', answer = '']) => ({
    command,
    answer: JSON.parse(answer) as unknown,
  }),
);
const hasCurl = spawnSync('curl', ['--version']).status === 0;

const LOSSES = [0.5, 0.25, 9, 0.125, 0.25, 0.25];
const START = 1_767_225_600_000;

let server: TrackletProcess | undefined;
let url = '';
let runId = '';

const post = async <T>(path: string, body: object): Promise<T> => {
  const response = await fetch(`${url}/api/2.0/mlflow/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status, path).toBe(200);
  // The shape of an answer is MLflow's.
  return (await response.json()) as T;
};

beforeAll(async () => {
  server = startTracklet(['serve', '--port', '0', '--ephemeral']);
  url = await server.ready();
  const { experiment_id: experimentId } = await post<{ experiment_id: string }>('experiments/create', {
    name: 'guide',
  });
  for (const lr of ['0.2', '0.1', '0.2']) {
    const { run } = await post<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id: experimentId });
    runId = run.info.run_id;
    const metrics = LOSSES.map((value, at) => ({
      key: 'loss',
      value,
      timestamp: START + 1000 * (at + 1),
      step: at + 1,
    }));
    await post('runs/log-batch', { run_id: runId, params: [{ key: 'lr', value: lr }], metrics });
  }
}, 60_000);

afterAll(async () => {
  await server?.end('SIGKILL');
});

/** What differs from one server to the next: ids and times of now. */
const settled = (answer: unknown): unknown =>
  JSON.parse(
    JSON.stringify(answer, (key, value) =>
      /^(view_id|run_id|creation_time|last_update_time)$/.test(key) ? key : value,
    ).replaceAll(/\b1-[0-9a-f]{16}\b/g, 'a view'),
  );

describe.skipIf(!hasCurl)('the guide to the API', () => {
  test('has examples whose answers are those of a server', async () => {
    expect(examples.length).toBeGreaterThanOrEqual(9);
    let viewId = '';
    for (const { command, answer } of examples) {
      const env = { ...process.env, URL: `${url}/api/2.0/tracklet`, RUN: runId, VIEW: viewId };
      const { stdout } = await promisify(execFile)('sh', ['-c', command], { env });
      const given = JSON.parse(stdout) as { readonly view?: { readonly view_id: string } };
      expect(settled(given), command).toEqual(settled(answer));
      viewId = given.view?.view_id ?? viewId;
    }
  });
});
