import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterAll, describe, expect, test } from 'vitest';
import { operations } from '../../functions/api/index.ts';
import { createSigners } from '../../functions/entry/create-signers.ts';
import { createBackend } from '../../functions/entry/services.ts';
import { createApp } from '../../functions/http/app.ts';
import { startStores } from '../../local/stores.ts';

const s3 = { region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };

describe('signers', () => {
  test('are one where all callers find S3 at the same place', () => {
    const signerFor = createSigners({ s3 });
    expect(signerFor('http://a')).toBe(signerFor('http://b'));
  });

  test('are kept for the latest sixteen endpoints', () => {
    const signerFor = createSigners({ s3, s3EndpointFor: (origin) => origin });
    const first = signerFor('http://host-0');
    for (let at = 1; at < 16; at += 1) signerFor(`http://host-${at}`);
    expect(signerFor('http://host-0')).toBe(first);
    const second = signerFor('http://host-1');
    for (let at = 16; at < 32; at += 1) signerFor(`http://host-${at}`);
    expect(signerFor('http://host-1')).not.toBe(second);
  });
});

/** A server at one address for both: the bucket by its name, all else the API. */
async function startFront() {
  const stores = await startStores({ dataDir: undefined, engine: undefined, log: () => undefined });
  const connections = { ...stores.connections, s3EndpointFor: (origin: string) => origin };
  const { services } = createBackend(stores, connections);
  const api = getRequestListener(createApp(operations, services, { report: console.error }).fetch);
  const server = createServer((incoming, outgoing) => {
    if (!incoming.url?.startsWith(`/${stores.bucketName}/`)) return void api(incoming, outgoing);
    const target = new URL(incoming.url, String(stores.connections.s3.endpoint));
    const { method, headers } = incoming;
    const passing = request(target, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passing);
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await stores.stop();
  });
  // An address of our own server.
  return (server.address() as AddressInfo).port;
}

describe('behind a front that passes the bucket on', async () => {
  const port = await startFront();

  test.each(['127.0.0.1', 'localhost'])('URLs are for the very host that the caller used: %s', async (host) => {
    const origin = `http://${host}:${port}`;
    const call = async (path: string, init: RequestInit = {}): Promise<Record<string, unknown>> => {
      const response = await fetch(`${origin}/api/2.0${path}`, init);
      expect(response.status).toBe(200);
      return Object(await response.json());
    };
    const post = (path: string, body: object) =>
      call(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    const created = await post('/mlflow-artifacts/mpu/create/0/x', { path: '/tmp/f', num_parts: 2 });
    const [first, second] = Object(created.credentials);
    for (const { url } of [first, second]) expect(url).toMatch(`${origin}/tracklet-artifacts/artifacts/0/x/f?`);
    const sent = await fetch(first.url, { method: 'PUT', body: 'whole' });
    const parts = [{ part_number: 1, etag: sent.headers.get('etag') }];
    await post('/mlflow-artifacts/mpu/complete/0/x', { path: 'f', upload_id: created.upload_id, parts });
    const { url, file_size } = await call('/mlflow-artifacts/presigned/0/x/f');
    expect([file_size, await (await fetch(String(url))).text()]).toEqual([5, 'whole']);
    expect(String(url)).toMatch(`${origin}/tracklet-artifacts/`);
  });
});
