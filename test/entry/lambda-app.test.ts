import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { artifactOperations, serviceOperations, trackingOperations } from '../../functions/api/index.ts';
import { createLambdaApp, type HttpApiEvent } from '../../functions/entry/lambda-app.ts';
import { createMetering } from '../../functions/entry/metering.ts';
import { createBackend } from '../../functions/entry/services.ts';
import { type EmbeddedStores, startStores } from '../../local/stores.ts';
import { httpApiEvent } from './http-api-event.ts';

let stores: EmbeddedStores;
let tracking: ReturnType<typeof createLambdaApp>;
let artifacts: ReturnType<typeof createLambdaApp>;

beforeAll(async () => {
  stores = await startStores({ dataDir: undefined, engine: undefined, log: () => {} });
  const { meter, requests } = createMetering({ hasHeader: true, onRequest: undefined, onWork: undefined });
  const environment = { ...stores, artifactRoot: 'mlflow-artifacts:/' };
  const { services } = createBackend(environment, stores.connections, { meter });
  const listeners = {
    report: (message: string, cause: unknown) => {
      throw new Error(message, { cause });
    },
    meter: requests,
  };
  tracking = createLambdaApp([...serviceOperations, ...trackingOperations], services, listeners);
  artifacts = createLambdaApp([...serviceOperations, ...artifactOperations], services, listeners);
});

afterAll(() => stores.stop());

type Handler = typeof tracking;

/** The answer with its body as bytes, as the gateway sends it on. */
async function ask(handler: Handler, event: HttpApiEvent) {
  const { statusCode, headers, body, isBase64Encoded } = await handler(event);
  return { statusCode, headers, bytes: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') };
}

const askJson = async (handler: Handler, event: HttpApiEvent) => {
  const { statusCode, headers, bytes } = await ask(handler, event);
  return { statusCode, headers, json: JSON.parse(bytes.toString()) };
};

describe('a function behind an HTTP API', () => {
  it.each(['tracking', 'artifacts'])('tells that it is well: %s', async (name) => {
    const handler = name === 'tracking' ? tracking : artifacts;
    const { statusCode, bytes } = await ask(handler, httpApiEvent({ path: '/health' }));
    expect([statusCode, bytes.toString()]).toEqual([200, 'OK']);
  });

  it.each(['/health', '/api/2.0/mlflow/nothing', '/api/2.0/mlflow/runs/get'])(
    'names the request as the gateway does, whatever the answer: %s',
    async (path) => {
      const event = httpApiEvent({ path });
      expect((await ask(tracking, event)).headers?.['x-request-id']).toBe(event.requestContext.requestId);
    },
  );

  it('answers a path that it does not know with 404 in JSON', async () => {
    const { statusCode, headers, json } = await askJson(tracking, httpApiEvent({ path: '/api/2.0/mlflow/nothing' }));
    expect(statusCode).toBe(404);
    expect(headers?.['content-type']).toBe('application/json');
    expect(json.error_code).toBe('ENDPOINT_NOT_FOUND');
  });

  it('answers a wrong method with 405 and the right ones', async () => {
    const event = httpApiEvent({ method: 'DELETE', path: '/api/2.0/mlflow/experiments/create' });
    const { statusCode, headers } = await askJson(tracking, event);
    expect([statusCode, headers?.allow]).toEqual([405, 'POST']);
  });
});

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (path: string, message: object) =>
  httpApiEvent({ method: 'POST', path, headers: JSON_TYPE, body: JSON.stringify(message) });

describe('tracking', () => {
  it('reads a JSON body and a query', async () => {
    const name = 'Zürich #1 100 %';
    const created = await askJson(tracking, post('/api/2.0/mlflow/experiments/create', { name }));
    const query = `experiment_name=${encodeURIComponent(name)}`;
    const found = await askJson(tracking, httpApiEvent({ path: '/api/2.0/mlflow/experiments/get-by-name', query }));
    expect(found.json.experiment).toMatchObject({ name, experiment_id: created.json.experiment_id });
  });

  it('reads a JSON body that comes as bytes', async () => {
    const path = '/api/2.0/mlflow/experiments/create';
    const event = httpApiEvent({
      method: 'POST',
      path,
      headers: JSON_TYPE,
      body: Buffer.from(JSON.stringify({ name: 'bytes' })),
    });
    expect((await askJson(tracking, event)).statusCode).toBe(200);
  });

  it('ends pages early, so that no answer is beyond what Lambda sends', async () => {
    const tags = Array.from({ length: 40 }, (_, at) => ({ key: `t${at}`, value: '"'.repeat(10_000) }));
    for (const at of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      const { statusCode } = await tracking(
        post('/api/2.0/mlflow/experiments/create', { name: `large ${at}`, tags: tags.slice(at) }),
      );
      expect(statusCode).toBe(200);
    }
    const names: string[] = [];
    let pages = 0;
    let token: string | undefined;
    do {
      const message = { filter: "name LIKE 'large%'", max_results: 1000, page_token: token };
      const answer = await tracking(post('/api/2.0/mlflow/experiments/search', message));
      expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThan(6_000_000);
      const { experiments, next_page_token } = JSON.parse(answer.body);
      names.push(...experiments.map(({ name }: { readonly name: string }) => name));
      token = next_page_token;
      pages += 1;
    } while (token !== undefined);
    expect(names).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1].map((at) => `large ${at}`));
    expect(pages).toBe(3);
  });

  it('answers a mistake of the client with 400 in JSON', async () => {
    const { statusCode, json } = await askJson(tracking, post('/api/2.0/mlflow/experiments/create', {}));
    expect([statusCode, json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });
});

describe('artifacts', () => {
  const ROOT = '/api/2.0/mlflow-artifacts/artifacts';
  const put = (name: string, body: string | Uint8Array) =>
    ask(artifacts, httpApiEvent({ method: 'PUT', path: `${ROOT}/${name}`, body }));
  const get = (name: string, headers = {}) => ask(artifacts, httpApiEvent({ path: `${ROOT}/${name}`, headers }));

  /** Goes where a GET is sent on to, as clients do. */
  async function download(name: string, headers = {}) {
    const { statusCode, headers: answered } = await get(name, headers);
    expect(statusCode).toBe(302);
    const response = await fetch(String(answered?.location), { headers });
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  }

  const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

  it.each(['7/run/model.pkl', '7/run/latin-1.txt', '7/run/data.json'])('bring %s back byte for byte', async (name) => {
    expect((await put(name, everyByte)).statusCode).toBe(200);
    expect(new Uint8Array((await download(name)).bytes)).toEqual(everyByte);
  });

  it('take a text that the gateway left a text', async () => {
    await put('7/run/notes.txt', 'Grüße');
    expect((await download('7/run/notes.txt')).bytes.toString()).toBe('Grüße');
  });

  it('take an empty file', async () => {
    expect((await put('7/run/empty', '')).statusCode).toBe(200);
    expect((await download('7/run/empty')).bytes).toHaveLength(0);
  });

  it.each(['a b', '100%', '%20', 'a?b', 'a+b', 'größe', 'a:b'])(
    'keep the name %j that the gateway decoded',
    async (name) => {
      await put(`7/names/${name}`, 'here');
      const { json } = await askJson(artifacts, httpApiEvent({ path: ROOT, query: 'path=7/names' }));
      expect(json.files.map(({ path }: { readonly path: string }) => path)).toContain(name);
      expect((await download(`7/names/${name}`)).bytes.toString()).toBe('here');
    },
  );

  it('see a # in a name, which MLflow refuses, and do not cut the name there', async () => {
    const { statusCode, bytes } = await put('7/names/a#b', 'here');
    expect([statusCode, JSON.parse(bytes.toString()).error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });

  it('send downloads on to S3, which sends any size and range', async () => {
    await put('7/run/sent on.html', new Uint8Array(4_500_001));
    const whole = await get('7/run/sent on.html');
    expect(whole.bytes).toHaveLength(0);
    expect(whole.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(new URL(String(whole.headers?.location)).searchParams.get('X-Amz-Expires')).toBe('300');
    const { bytes, headers } = await download('7/run/sent on.html');
    expect(bytes).toHaveLength(4_500_001);
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('content-disposition')).toContain('attachment; filename="sent on.html"');
    expect(await download('7/run/sent on.html', { range: 'bytes=1-3' })).toMatchObject({
      status: 206,
      bytes: { length: 3 },
    });
  });

  it('tell HEAD from what S3 knows of the file, however large', async () => {
    await put('7/run/head.bin', new Uint8Array(4_500_001));
    const { statusCode, headers, bytes } = await ask(
      artifacts,
      httpApiEvent({ method: 'HEAD', path: `${ROOT}/7/run/head.bin` }),
    );
    expect([statusCode, headers?.['content-length'], bytes.length]).toEqual([200, '4500001', 0]);
  });

  it.each(['GET', 'HEAD'])(
    'answer %s of a file that is not there with 404 in JSON, and send nobody on',
    async (method) => {
      const { statusCode, headers } = await ask(artifacts, httpApiEvent({ method, path: `${ROOT}/7/run/nothing` }));
      expect([statusCode, headers?.location, headers?.['content-type']]).toEqual([404, undefined, 'application/json']);
    },
  );

  it('send the files of runs and logged models on, too', async () => {
    const run = await askJson(tracking, post('/api/2.0/mlflow/runs/create', { experiment_id: '0' }));
    const runId = run.json.run.info.run_id;
    await put(`0/${runId}/artifacts/a.txt`, 'of the run');
    const query = `run_id=${runId}&path=a.txt`;
    const { statusCode, headers } = await ask(artifacts, httpApiEvent({ path: '/get-artifact', query }));
    expect(statusCode).toBe(302);
    expect(await (await fetch(String(headers?.location))).text()).toBe('of the run');
  });

  it('refuse a body beyond what Lambda takes, also where only Content-Length tells, and name what takes it', async () => {
    const large = 6 * 2 ** 20 + 1;
    for (const event of [
      httpApiEvent({ method: 'PUT', path: `${ROOT}/7/too/large`, body: new Uint8Array(large) }),
      httpApiEvent({ method: 'PUT', path: `${ROOT}/7/too/large`, headers: { 'content-length': String(large) } }),
    ]) {
      const { statusCode, json } = await askJson(artifacts, event);
      expect([statusCode, json.error_code]).toEqual([413, 'REQUEST_TOO_LARGE']);
      expect(json.message).toContain('TrackingUri of the Web stack');
      expect(json.message).toContain('MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE=5242880');
    }
    const { json } = await askJson(artifacts, httpApiEvent({ path: ROOT, query: 'path=7/too' }));
    expect(json).toEqual({});
  });

  it('refuse an upload in more parts than an answer can name', async () => {
    const create = (num_parts: number) =>
      post('/api/2.0/mlflow-artifacts/mpu/create/7/run', { path: '/tmp/big', num_parts });
    const { statusCode, json } = await askJson(artifacts, create(10_000));
    expect([statusCode, json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    const most = Number(/which is (\d+)/.exec(json.message)?.[1]);
    expect(most).toBeGreaterThan(3000);
    const answer = await artifacts(create(most));
    expect([answer.statusCode, Buffer.byteLength(JSON.stringify(answer)) < 6_000_000]).toEqual([200, true]);
  });

  /** What a client that signs for AWS sends along, wherever it is sent on to. */
  const SIGNED = { 'x-amz-date': '20261121T000000Z' };

  it('send a signed request what Lambda can send, in parts if need be: S3 would refuse its headers', async () => {
    const upload = new Uint8Array(4_500_001);
    await put('7/run/large.bin', upload);
    const whole = await get('7/run/large.bin', SIGNED);
    expect(whole.statusCode).toBe(413);
    expect(JSON.parse(whole.bytes.toString()).error_code).toBe('REQUEST_TOO_LARGE');
    expect(whole.headers?.['x-tracklet-cost']).toContain('s3-get=1;');
    const part = await get('7/run/large.bin', { ...SIGNED, range: 'bytes=4000000-4499999' });
    expect([part.statusCode, part.bytes.length]).toEqual([206, 500_000]);
  });
});
