import { readdir, readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findDynoxide } from '../../local/dynamodb/dynoxide/find-dynoxide.ts';
import { descendantsOf, stillLiving } from '../support/descendant-processes.ts';
import { freePort, takenPort } from '../support/free-port.ts';
import { newFolder } from '../support/new-folder.ts';
import { spawnTracklet, type TrackletProcess } from '../support/spawn-tracklet.ts';
import { trackingApi } from '../support/tracking-api.ts';

const TEST_MS = 60_000;
const CLEAN = { code: 0, signal: null };
const hasDynoxide = (await findDynoxide()).kind === 'found';
const ENGINES = hasDynoxide ? ['dynoxide', 'dynalite'] : ['dynalite'];

const serveIn = (dataDir: string, ...more: readonly string[]): TrackletProcess =>
  spawnTracklet(['serve', '--port', '0', '--data-dir', dataDir, ...more]);

/** Expects an end with this code, one clear sentence and no stack trace. */
const expectRefusal = async (server: TrackletProcess, code: number, sentence: string): Promise<void> => {
  expect(await server.ended).toEqual({ code, signal: null });
  expect(server.stderr()).toContain(sentence);
  expect(server.stderr()).toMatch(/^tracklet: /m);
  expect(server.stderr()).not.toMatch(/^\s+at /m);
  expect(server.stdout()).not.toContain('is ready');
};

/** The status of an answer to somebody who came by this name; fetch does not let it be chosen. */
const statusFrom = (host: string, url: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get(`${url}/api/2.0/mlflow/experiments/get?experiment_id=0`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', reject);
  });

describe('tracklet serve', { timeout: TEST_MS }, () => {
  test('answers /health on an empty data dir soon after its start', async () => {
    const dataDir = join(await newFolder(), 'made', 'by', 'the server');
    const start = performance.now();
    const url = await serveIn(dataDir).ready();
    const response = await fetch(`${url}/health`);
    const seconds = (performance.now() - start) / 1000;
    console.info(`/health answered ${seconds.toFixed(2)} s after the start of the process`);
    expect(await response.text()).toBe('OK');
    expect(seconds).toBeLessThan(20);
  });

  test('says where it is, where the data are, and the lines to paste', async () => {
    const dataDir = await newFolder();
    const server = serveIn(dataDir);
    const url = await server.ready();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    for (const text of [dataDir, 'import mlflow', `mlflow.set_tracking_uri("${url}")`, 'mlflow.autolog()']) {
      expect(server.stdout()).toContain(text);
    }
  });

  test('records what happens in the registry where it is asked to', async () => {
    const folder = await newFolder();
    const eventLog = join(folder, 'events.jsonl');
    const server = serveIn(join(folder, 'data'), '--event-log', eventLog);
    const body = JSON.stringify({ name: 'm', tags: [{ key: 'team', value: 'x' }] });
    const url = `${await server.ready()}/api/2.0/mlflow/registered-models/create`;
    const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect(response.status).toBe(200);
    const lines = async () => (await readFile(eventLog, 'utf8').catch(() => '')).split('\n').slice(0, -1);
    await expect.poll(lines, { timeout: TEST_MS / 2 }).toHaveLength(1);
    expect(JSON.parse((await lines())[0] ?? '')).toMatchObject({
      source: 'tracklet',
      'detail-type': 'registered_model.created',
      detail: { entity: 'registered_model', action: 'created', data: { name: 'm', tags: { team: 'x' } } },
    });
    expect(await server.end('SIGTERM')).toEqual(CLEAN);
  });

  test('lets clients open artifacts by themselves when it is asked to, and says what that takes', async () => {
    const server = serveIn(await newFolder(), '--artifact-access', 'direct');
    const url = await server.ready();
    const experiment = await (await fetch(`${url}/api/2.0/mlflow/experiments/get?experiment_id=0`)).json();
    expect(Object(experiment).experiment.artifact_location).toBe('s3://tracklet-artifacts/artifacts/0');
    const said = server.stdout();
    expect(said).toContain(`export MLFLOW_S3_ENDPOINT_URL=${url}\n`);
    expect(said).toMatch(/export AWS_ACCESS_KEY_ID=\w+$/m);
    expect(said).toMatch(/export AWS_SECRET_ACCESS_KEY=[\w-]{43}$/m);
    expect(said).toMatch(/export AWS_DEFAULT_REGION=us-east-1/m);
  });

  test('says nothing of S3 when clients need not know of it', async () => {
    const server = serveIn(await newFolder());
    await server.ready();
    expect(server.stdout()).not.toMatch(/MLFLOW_S3|AWS_/);
  });

  test('lets in by password, whose making it tells once, and by token', async () => {
    const dataDir = await newFolder();
    const first = serveIn(dataDir, '--auth', 'basic');
    const url = await first.ready();
    const [, password = ''] = /the password (\S+) - it is shown this once/.exec(first.stdout()) ?? [];
    const statusOf = async (at: string, secret: string) => {
      const authorization = `Basic ${Buffer.from(`admin:${secret}`).toString('base64')}`;
      return (await fetch(`${at}/api/2.0/mlflow/users/list`, { headers: { authorization } })).status;
    };
    expect(await statusOf(url, password)).toBe(200);
    expect(await statusOf(url, 'not the password')).toBe(401);
    expect(await first.end('SIGTERM')).toEqual(CLEAN);
    const second = serveIn(dataDir, '--auth', 'basic');
    expect(await statusOf(await second.ready(), password)).toBe(200);
    expect(second.stdout()).not.toContain('shown this once');
  });

  test('with users takes tokens that it made, past the API too, and shows its pages to everybody', async () => {
    const dataDir = await newFolder();
    const env = { TRACKLET_ADMIN_USERNAME: 'ada', TRACKLET_ADMIN_PASSWORD: 'correct horse battery' };
    const url = await spawnTracklet(['serve', '--port', '0', '--data-dir', dataDir, '--auth', 'basic'], {
      env,
    }).ready();
    const password = `Basic ${Buffer.from('ada:correct horse battery').toString('base64')}`;
    const call = (method: string, path: string, authorization: string, body?: string) => {
      const headers = { authorization, 'content-type': 'application/json' };
      return fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
    };
    const order = JSON.stringify({ name: 'ci', role: 'EDIT' });
    const made = await (await call('POST', '/api/2.0/tracklet/tokens', password, order)).json();
    const bearer = `Bearer ${Object(made).token}`;
    expect((await call('GET', '/api/2.0/mlflow/experiments/get?experiment_id=0', bearer)).status).toBe(200);
    const file = '/api/2.0/mlflow-artifacts/artifacts/0/run/artifacts/a.txt';
    expect((await call('PUT', file, bearer, 'x')).status).toBe(200);
    expect(await (await call('GET', file, bearer)).text()).toBe('x');
    expect((await fetch(url + file)).status).toBe(401);
    expect((await fetch(url)).status).toBe(200);

    const command = spawnTracklet(['token', '--user', 'ada', '--role', 'ADMIN', '--data-dir', dataDir]);
    await command.ended;
    for (const path of [file, '/api/2.0/mlflow/experiments/get?experiment_id=0']) {
      const answer = await call('GET', path, `Bearer ${command.stdout().trim()}`);
      expect(answer.status).toBe(401);
      expect(await answer.text()).toContain('There is no record of this token');
    }
  });

  test('with users collects garbage for admins alone', async () => {
    const env = { TRACKLET_ADMIN_USERNAME: 'ada', TRACKLET_ADMIN_PASSWORD: 'correct horse battery' };
    const url = await spawnTracklet(['serve', '--port', '0', '--ephemeral', '--auth', 'basic'], { env }).ready();
    const gc = (who: Record<string, string>) => spawnTracklet(['gc', '--url', url, '--dry-run'], { env: who });
    expect(
      await gc({ MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_PASSWORD: 'correct horse battery' }).ended,
    ).toEqual(CLEAN);
    const refused = gc({ MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_PASSWORD: 'wrong' });
    expect(await refused.ended).toEqual({ code: 1, signal: null });
    expect(refused.stderr()).toContain('lets admins alone do this; say who you are by MLFLOW_TRACKING_USERNAME');
  });

  test('answers known hosts, and masks secrets when it is asked to', async () => {
    const server = serveIn(await newFolder(), '--redaction', 'mask', '--redaction-pattern', 'EMPLOYEE=EMP-\\d{6}');
    const url = await server.ready();
    await fetch(`${url}/api/2.0/mlflow/experiments/create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'x', tags: [{ key: 'by', value: 'EMP-123456' }] }),
    });
    const experiment = await fetch(`${url}/api/2.0/mlflow/experiments/get?experiment_id=1`);
    expect(await experiment.text()).toContain('[redacted:EMPLOYEE]');
    expect(server.stderr()).toContain("redaction (mask): 'by' held EMPLOYEE");
    expect(await statusFrom('evil.example', url)).toBe(403);
    expect(await statusFrom('localhost', url)).toBe(200);
  });

  test('tells what each answer cost when it is asked to', async () => {
    const costOf = async (...flags: readonly string[]) => {
      const url = await serveIn(await newFolder(), ...flags).ready();
      return (await fetch(`${url}/api/2.0/mlflow/experiments/get?experiment_id=0`)).headers.get('x-tracklet-cost');
    };
    expect(await costOf('--cost-header')).toMatch(
      /^wru=\d+; rru=[1-9]\d*; s3-get=0; s3-put=0; s3-list=0; s3-delete=0$/,
    );
    expect(await costOf()).toBeNull();
  });

  test('listens on the port that is asked for', async () => {
    const port = await freePort();
    const server = spawnTracklet(['serve', '--port', String(port), '--ephemeral']);
    expect(await server.ready()).toBe(`http://127.0.0.1:${port}`);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('stops cleanly on %s and leaves no process behind', async (signal) => {
    const server = serveIn(await newFolder());
    const url = await server.ready();
    await trackingApi(url).createExperiment('before the end');
    const children = await descendantsOf(server.pid);
    if (hasDynoxide) expect(children.map(({ command }) => command).join()).toContain('dynoxide');
    expect(await server.end(signal)).toEqual(CLEAN);
    await expect.poll(() => stillLiving(children), { timeout: 10_000 }).toEqual([]);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  test('leaves no process behind when it is killed', async () => {
    const server = serveIn(await newFolder());
    await server.ready();
    const children = await descendantsOf(server.pid);
    await server.end('SIGKILL');
    await expect.poll(() => stillLiving(children), { timeout: 10_000 }).toEqual([]);
  });

  test('ends with an explanation when its store dies', async ({ skip }) => {
    if (!hasDynoxide) skip('dynoxide, the only engine with a process of its own, does not run on this machine');
    const server = serveIn(await newFolder(), '--engine', 'dynoxide');
    await server.ready();
    const [engine] = (await descendantsOf(server.pid)).filter(({ command }) => command.includes('dynoxide serve'));
    process.kill(engine?.id ?? 0, 'SIGKILL');
    expect(await server.ended).toEqual({ code: 1, signal: null });
    expect(server.stderr()).toContain('tracklet: a store stopped by itself');
  });
});

describe('the data dir', { timeout: TEST_MS }, () => {
  test.each(ENGINES)('keeps all data over a restart (%s)', async (engine) => {
    const dataDir = await newFolder();
    const first = serveIn(dataDir, '--engine', engine);
    const writer = trackingApi(await first.ready());
    const experimentId = await writer.createExperiment('lasting');
    const runId = await writer.createRun(experimentId);
    const point = { key: 'm', value: 0.1, timestamp: 1_700_000_000_000, step: 3 };
    await writer.logBatch(runId, {
      metrics: [point],
      params: [{ key: 'p', value: 'ünï' }],
      tags: [{ key: 't', value: '' }],
    });
    const path = `${experimentId}/${runId}/artifacts/a%20b.bin`;
    const content = new Uint8Array(70_000).fill(7);
    await writer.putArtifact(path, content);
    expect(await first.end('SIGTERM')).toEqual(CLEAN);

    // Without --engine: it goes on with the one that wrote the folder.
    const reader = trackingApi(await serveIn(dataDir).ready());
    expect(await reader.searchRunIds(experimentId)).toEqual([runId]);
    const run = await reader.getRun(runId);
    expect(run.params.get('p')).toBe('ünï');
    expect(run.tags.get('t')).toBe('');
    expect(run.metrics.get('m')).toEqual(expect.objectContaining(point));
    expect(await reader.getHistory(runId, 'm')).toEqual([expect.objectContaining(point)]);
    expect(Buffer.compare(await reader.getArtifact(path), content)).toBe(0);
  });

  test('takes one server at a time, and the first one goes on', async () => {
    const dataDir = await newFolder();
    const first = serveIn(dataDir);
    const url = await first.ready();
    await expectRefusal(serveIn(dataDir), 1, `the data dir ${dataDir} is in use by another Tracklet server`);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(await first.end('SIGTERM')).toEqual(CLEAN);
    await serveIn(dataDir).ready();
  });

  test('is free again after its server was killed', async () => {
    const dataDir = await newFolder();
    const first = serveIn(dataDir);
    await first.ready();
    await first.end('SIGKILL');
    await serveIn(dataDir).ready();
  });

  test('is not made by --ephemeral, which leaves no files at all', async () => {
    const workDir = await newFolder();
    const tempDir = await newFolder();
    const server = spawnTracklet(['serve', '--port', '0', '--ephemeral'], { cwd: workDir, env: { TMPDIR: tempDir } });
    const api = trackingApi(await server.ready());
    const experimentId = await api.createExperiment('fleeting');
    const runId = await api.createRun(experimentId);
    await api.putArtifact(`${experimentId}/${runId}/artifacts/a.bin`, new Uint8Array(10_000));
    expect(await server.end('SIGINT')).toEqual(CLEAN);
    expect(await readdir(workDir)).toEqual([]);
    expect(await readdir(tempDir)).toEqual([]);
  });

  test('is .tracklet below the working folder unless told otherwise', async () => {
    const workDir = await newFolder();
    await spawnTracklet(['serve', '--port', '0'], { cwd: workDir }).ready();
    expect(await readdir(workDir)).toEqual(['.tracklet']);
  });
});

describe('a mistake on the command line', { timeout: TEST_MS }, () => {
  test('a used port is refused with exit code 1', async () => {
    const port = await takenPort();
    const server = spawnTracklet(['serve', '--port', String(port), '--data-dir', await newFolder()]);
    await expectRefusal(server, 1, `port ${port} on 127.0.0.1 is in use`);
  });

  test.each([
    [['serve', '--colour', 'red'], '--colour'],
    [['serve', '--port', 'abc'], '--port abc'],
    [['serve', '--port', '70000'], '--port 70000'],
    [['serve', '--engine', 'postgres'], '--engine postgres'],
    [['serve', '--auth', 'magic'], '--auth magic'],
    [['serve', '--artifact-access', 'free'], '--artifact-access free'],
    [['serve', '--ephemeral', '--data-dir', 'x'], '--ephemeral'],
    [['serve', 'here'], 'here'],
    [['sevre'], "unknown command 'sevre'"],
  ])('%j is explained with exit code 2', async (args, sentence) => {
    await expectRefusal(spawnTracklet(args), 2, sentence);
  });

  test('an unknown flag is answered with all the flags there are', async () => {
    const server = spawnTracklet(['serve', '--colour', 'red']);
    await server.ended;
    for (const flag of [
      '--host',
      '--port',
      '--data-dir',
      '--ephemeral',
      '--auth',
      '--default-permission',
      '--allowed-hosts',
      '--cors-allowed-origins',
      '--artifact-access',
      '--redaction',
      '--engine',
      '--gc-after',
      '--cost-header',
    ]) {
      expect(server.stderr()).toContain(`  ${flag}`);
    }
  });

  test('--help is no mistake', async () => {
    const server = spawnTracklet(['serve', '--help']);
    expect(await server.ended).toEqual(CLEAN);
    expect(server.stdout()).toContain('--data-dir');
  });
});

describe('a request under way at Ctrl-C', { timeout: TEST_MS }, () => {
  test('is answered before the server stops', async () => {
    const { server, writer, answer } = await startUpload();
    const ended = server.end('SIGTERM');
    await writer.write(new Uint8Array(1_000));
    await writer.close();
    expect((await answer).status).toBe(200);
    expect(await ended).toEqual(CLEAN);
  });

  test('does not hold the server for ever when its client stalls', async () => {
    const { server, answer } = await startUpload();
    const cut = expect(answer).rejects.toThrow();
    expect(await server.end('SIGINT')).toEqual(CLEAN);
    await cut;
  });
});

/** A server that has half an upload. */
const startUpload = async () => {
  const server = spawnTracklet(['serve', '--port', '0', '--ephemeral']);
  const url = await server.ready();
  const body = new TransformStream<Uint8Array, Uint8Array>();
  const writer = body.writable.getWriter();
  onTestFinished(() => writer.abort().catch(() => undefined));
  const upload = { method: 'PUT', body: body.readable, duplex: 'half' } as const;
  const answer = fetch(`${url}/api/2.0/mlflow-artifacts/artifacts/0/slow.bin`, upload);
  await writer.write(new Uint8Array(1_000));
  // Another call, sent later on another connection, has been answered: the upload has reached the server as well.
  await (await fetch(`${url}/health`)).text();
  return { server, writer, answer };
};
