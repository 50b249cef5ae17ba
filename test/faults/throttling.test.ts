import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { operations } from '../../functions/api/index.ts';
import { createBackend } from '../../functions/entry/services.ts';
import { createApp } from '../../functions/http/app.ts';
import { createHttpPost, type HttpAnswer } from '../../functions/store/dynamo/client/http-post.ts';
import { type EmbeddedStores, startStores } from '../../local/stores.ts';

const TEST_MS = 90_000;
const PYTHON = join(import.meta.dirname, '../../.cache/venv-3.17/bin/python');

const THROTTLED: HttpAnswer = {
  status: 400,
  body: JSON.stringify({
    __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
    message: 'The level of configured provisioned throughput for the table was exceeded.',
  }),
};
const DOWN: HttpAnswer = { status: 500, body: '{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError"}' };

/** The stock client, as its users have it: it says nothing of retries. */
const LOG_A_PARAM = `
import mlflow, os
client = mlflow.MlflowClient()
client.log_param(os.environ["RUN_ID"], "depth", "3")
print(client.get_run(os.environ["RUN_ID"]).data.params)
`;

interface Seen {
  readonly path: string;
  readonly status: number;
  readonly retryAfter: string | null;
}

let stores: EmbeddedStores;
let origin = '';
let stop: () => Promise<void>;
const seen: Seen[] = [];
/** What DynamoDB answers to everything, until a client has been told so. */
let trouble: HttpAnswer | undefined;

beforeAll(async () => {
  stores = await startStores({ dataDir: undefined, engine: undefined, log: () => undefined });
  const { dynamodb } = stores.connections;
  const post = dynamodb.post ?? createHttpPost(new URL(dynamodb.endpoint), 5_000);
  const troubled: typeof post = async (headers, body) => trouble ?? post(headers, body);
  // One of many writers, as a function is: nothing is answered from memory.
  const connections = { ...stores.connections, dynamodb: { ...dynamodb, post: troubled }, isOnlyWriter: false };
  const { services } = createBackend(stores, connections);
  const app = createApp(operations, services, { report: () => undefined });
  const fetch = async (request: Request) => {
    const response = await app.fetch(request);
    const { status, headers } = response;
    if (status !== 200) trouble = undefined;
    seen.push({ path: new URL(request.url).pathname, status, retryAfter: headers.get('retry-after') });
    return response;
  };
  const server = serve({ fetch, hostname: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port }: Partial<AddressInfo> = Object(server.address());
  origin = `http://127.0.0.1:${port}`;
  stop = async () => {
    await new Promise((resolve) => server.close(resolve));
    await stores.stop();
  };
});
afterAll(() => stop());
beforeEach(() => {
  trouble = undefined;
  seen.length = 0;
});

const newRun = async (): Promise<string> => {
  const body = JSON.stringify({ experiment_id: '0' });
  const headers = { 'content-type': 'application/json' };
  const made = await fetch(`${origin}/api/2.0/mlflow/runs/create`, { method: 'POST', headers, body });
  const { run }: { readonly run?: { readonly info: { readonly run_id: string } } } = Object(await made.json());
  return run?.info.run_id ?? '';
};
const getRun = (runId: string) => fetch(`${origin}/api/2.0/mlflow/runs/get?run_id=${runId}`);

describe('a table that is throttled for longer than the store’s own tries', { timeout: TEST_MS }, () => {
  test.each([
    ['is told as 429', THROTTLED, 429, 'REQUEST_LIMIT_EXCEEDED'],
    ['that does not answer, as 503', DOWN, 503, 'TEMPORARILY_UNAVAILABLE'],
  ])('%s, with the time to wait', async (_, answer, status, errorCode) => {
    const runId = await newRun();
    trouble = answer;
    const refused = await getRun(runId);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([status, '1']);
    expect(await refused.json()).toMatchObject({ error_code: errorCode });
    expect((await getRun(runId)).status).toBe(200);
  });

  test('is no matter to the stock client, which waits and tries again', async ({ skip }) => {
    const hasPython = existsSync(PYTHON);
    if (!hasPython && process.env.TRACKLET_REQUIRE_ALL === '1') throw new Error(`${PYTHON} is missing`);
    if (!hasPython) return skip('the stock client of 3.17 is not on this machine');
    const runId = await newRun();
    seen.length = 0;
    trouble = THROTTLED;
    const env = {
      ...process.env,
      RUN_ID: runId,
      MLFLOW_TRACKING_URI: origin,
      MLFLOW_DISABLE_TELEMETRY: 'true',
      GIT_PYTHON_REFRESH: 'quiet',
    };
    const { stdout } = await promisify(execFile)(PYTHON, ['-c', LOG_A_PARAM], { env, timeout: TEST_MS });
    expect(stdout).toContain("{'depth': '3'}");
    const log = seen.filter(({ path }) => path === '/api/2.0/mlflow/runs/log-parameter');
    expect(log).toEqual([
      { path: log[0]?.path, status: 429, retryAfter: '1' },
      { path: log[0]?.path, status: 200, retryAfter: null },
    ]);
  });
});

describe('health', { timeout: TEST_MS }, () => {
  const health = (query = '') => fetch(`${origin}/health${query}`);

  test('tells that the server answers, whatever the table does', async () => {
    trouble = DOWN;
    expect((await health()).status).toBe(200);
  });

  test('tells of the table where it is asked to', async () => {
    expect(await (await health('?deep=true')).text()).toBe('OK');
    trouble = DOWN;
    const refused = await health('?deep=true');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect((await health('?deep=true')).status).toBe(200);
  });
});
