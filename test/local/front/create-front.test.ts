import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { beforeEach, describe, expect, test } from 'vitest';
import { mintToken, type TokenClaims } from '../../../functions/domain/token.ts';
import { tokenCrypto } from '../../../functions/platform/token-crypto.ts';
import { openFront } from './open-front.ts';

const front = await openFront();
const SOON = { timeout: 20_000 };
const ROOT = '/api/2.0/mlflow-artifacts/artifacts';

beforeEach(() => {
  front.apiCalls.length = 0;
  front.reports.length = 0;
  front.settings.clear();
  front.settings.set('mode', 'none');
});

interface Sent {
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

/** Sends the path as it is, which `fetch` would not. */
const send = (method: string, path: string, { headers = {}, body }: Sent = {}) =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const outgoing = httpRequest(front.url, { method, path, headers, agent: false }, async (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await text(response) });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

const put = (path: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  send('PUT', `${ROOT}/${path}`, { body, headers: { 'content-length': String(Buffer.byteLength(body)), ...headers } });
const get = (path: string, headers: Record<string, string> = {}) => send('GET', `${ROOT}/${path}`, { headers });
const errorOf = ({ status, body }: { status: number; body: string }) => ({ status, ...JSON.parse(body) });

/** A presigned URL as the API makes them: for the host that the client uses. */
const presign = (command: GetObjectCommand | PutObjectCommand) => {
  const { region, credentials } = front.stores.s3;
  const client = new S3Client({
    endpoint: front.url,
    region,
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  return getSignedUrl(client, command, { expiresIn: 60 });
};
const object = (path: string) => ({ Bucket: front.stores.bucketName, Key: `artifacts/${path}` });

describe('a file', () => {
  test('goes in and out, whole and in parts, and no operation of the API is called', async () => {
    const body = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 31) % 251);
    expect(await put('7/run/artifacts/a%20b+c%25.bin', body)).toMatchObject({ status: 200, body: '' });
    const whole = await fetch(`${front.url}${ROOT}/7/run/artifacts/a%20b%2Bc%25.bin`);
    expect(Buffer.from(await whole.arrayBuffer()).equals(Buffer.from(body))).toBe(true);
    expect(await put('7/digits.txt', '0123456789')).toMatchObject({ status: 200 });
    expect(await get('7/digits.txt', { range: 'bytes=3-5' })).toMatchObject({
      status: 206,
      body: '345',
      headers: { 'content-range': 'bytes 3-5/10', 'content-length': '3' },
    });
    expect(await send('HEAD', `${ROOT}/7/digits.txt`)).toMatchObject({
      status: 200,
      headers: { 'content-length': '10' },
    });
    expect(await put('7/empty', '')).toMatchObject({ status: 200 });
    expect(await get('7/empty')).toMatchObject({ status: 200, body: '', headers: { 'content-length': '0' } });
    expect(front.apiCalls).toEqual([]);
  });

  test('is where the API looks for it', async () => {
    await put('8/run/artifacts/x.txt', 'x');
    const listing = await send('GET', `${ROOT}?path=8/run/artifacts`);
    expect(JSON.parse(listing.body)).toEqual({ files: [{ path: 'x.txt', is_dir: false, file_size: 1 }] });
    expect((await send('DELETE', `${ROOT}/8/run/artifacts/x.txt`)).status).toBe(200);
    expect((await get('8/run/artifacts/x.txt')).status).toBe(404);
  });

  test('that came in chunks, by the API, comes out the same way as others', async () => {
    const headers = { 'transfer-encoding': 'chunked' };
    expect((await send('PUT', `${ROOT}/7/chunked.html`, { body: '<p>', headers })).status).toBe(200);
    expect(front.apiCalls).toHaveLength(1);
    expect(await get('7/chunked.html')).toMatchObject({
      body: '<p>',
      headers: { 'content-type': 'text/html', 'content-disposition': 'attachment; filename=chunked.html' },
    });
    expect(front.apiCalls).toHaveLength(1);
  });

  test('of HTML or SVG runs nothing, whatever its uploader wanted', async () => {
    for (const name of ['evil.html', 'evil.svg']) {
      await put(`7/${name}`, '<script>alert(1)</script>', {
        'content-type': 'text/html',
        'content-disposition': 'inline',
      });
      expect((await get(`7/${name}?response-content-disposition=inline`)).headers).toMatchObject({
        'content-disposition': `attachment; filename=${name}`,
        'content-security-policy': "sandbox; default-src 'none'",
        'x-content-type-options': 'nosniff',
      });
    }
  });

  test('put there by another program is a download, too', async () => {
    const { s3 } = front.stores.connections;
    const client = new S3Client({ ...s3, requestChecksumCalculation: 'WHEN_REQUIRED' });
    await client.send(new PutObjectCommand({ ...object('7/bare.html'), Body: '<p>', ContentType: 'text/html' }));
    client.destroy();
    expect((await get('7/bare.html')).headers).toMatchObject({
      'content-type': 'text/html',
      'content-disposition': 'attachment',
      'content-security-policy': "sandbox; default-src 'none'",
    });
  });

  test('has an entity tag, by which it is not sent again', async () => {
    await put('7/tagged', 'x');
    const { etag } = (await get('7/tagged')).headers;
    expect(await get('7/tagged', { 'if-none-match': String(etag) })).toMatchObject({ status: 304, body: '' });
  });

  test('is not told to other origins', async () => {
    await put('7/private', 'x');
    const { headers } = await get('7/private', { origin: 'https://elsewhere.example' });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('what S3 refuses', () => {
  test('is said in MLflow’s words by the API, which knows folders from nothing', async () => {
    await put('7/dir/x', 'x');
    expect(errorOf(await get('7/none.txt'))).toEqual({
      status: 404,
      error_code: 'RESOURCE_DOES_NOT_EXIST',
      message: "No such artifact: '7/none.txt'",
    });
    expect(errorOf(await get('7/dir'))).toMatchObject({ status: 400, error_code: 'INVALID_PARAMETER_VALUE' });
    expect(errorOf(await get('7/a%20b+%25%C3%A9'))).toMatchObject({ message: "No such artifact: '7/a b+%é'" });
    expect(errorOf(await get('7/dir/x', { range: 'bytes=5-' }))).toMatchObject({
      status: 416,
      error_code: 'RANGE_NOT_SATISFIABLE',
    });
    expect(await send('HEAD', `${ROOT}/7/none.txt`)).toMatchObject({ status: 404, body: '' });
  });

  test('of an upload keeps its status', async () => {
    await put('7/once', 'x');
    expect(errorOf(await put('7/once', 'y', { 'if-none-match': '*' }))).toMatchObject({ status: 412 });
    expect((await get('7/once')).body).toBe('x');
    expect(errorOf(await put('7/md5', 'y', { 'content-md5': Buffer.alloc(16).toString('base64') }))).toMatchObject({
      status: 400,
      error_code: 'BAD_REQUEST',
    });
    expect((await get('7/md5')).status).toBe(404);
  });

  test('is no way to make S3 do something else', async () => {
    await put('7/source', 'secret');
    const bucket = front.stores.bucketName;
    await put('7/target', 'mine', { 'x-amz-copy-source': `/${bucket}/artifacts/7/source`, 'x-amz-meta-a': 'b' });
    const { body, headers } = await get('7/target');
    expect(body).toBe('mine');
    expect(headers).not.toHaveProperty('x-amz-meta-a');
    expect(
      (
        await send('PUT', `${ROOT}/7/target?uploadId=x&partNumber=1`, {
          body: 'part',
          headers: { 'content-length': '4' },
        })
      ).status,
    ).toBe(200);
    expect((await get('7/target')).body).toBe('part');
  });
});

describe('a page of another site', () => {
  const REBOUND = { status: 403, body: 'Invalid Host header - possible DNS rebinding attack detected' };
  const elsewhere = 'http://evil.example';

  test('under a name that was pointed here gets and puts no file', async () => {
    await put('7/mine', 'mine');
    const host = 'evil.example';
    expect(await get('7/mine', { host })).toMatchObject(REBOUND);
    expect(await send('HEAD', `${ROOT}/7/mine`, { headers: { host } })).toMatchObject({ status: 403 });
    expect(await put('7/mine', 'theirs', { host })).toMatchObject(REBOUND);
    const chunked = { host, 'transfer-encoding': 'chunked' };
    expect(await send('PUT', `${ROOT}/7/mine`, { body: 'theirs', headers: chunked })).toMatchObject(REBOUND);
    expect(await send('DELETE', `${ROOT}/7/mine`, { headers: { host } })).toMatchObject(REBOUND);
    expect(await send('GET', '/api/2.0/mlflow/experiments/get', { headers: { host } })).toMatchObject(REBOUND);
    expect((await get('7/mine')).body).toBe('mine');
  });

  test('under such a name cannot use presigned URLs either', async () => {
    await put('7/mine', 'mine');
    const { pathname, search } = new URL(await presign(new GetObjectCommand(object('7/mine'))));
    expect(await send('GET', pathname + search, { headers: { host: 'evil.example' } })).toMatchObject(REBOUND);
    expect(await send('GET', pathname + search)).toMatchObject({ status: 200, body: 'mine' });
  });

  test('puts nothing, and is shown nothing', async () => {
    await put('7/mine', 'mine');
    expect(await put('7/mine', 'theirs', { origin: elsewhere })).toMatchObject({
      status: 403,
      body: 'Cross-origin request blocked',
    });
    expect((await get('7/mine')).body).toBe('mine');
    expect((await get('7/mine', { origin: elsewhere })).headers).not.toHaveProperty('access-control-allow-origin');
    const preflight = await send('OPTIONS', `${ROOT}/7/mine`, { headers: { origin: elsewhere } });
    expect(preflight.headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('on this machine may do both, and is shown the answer', async () => {
    const origin = 'http://localhost:3000';
    const shown = { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: 'Origin' };
    expect(await put('7/shared', 'x', { origin })).toMatchObject({ status: 200, headers: shown });
    expect(await get('7/shared', { origin })).toMatchObject({ status: 200, headers: shown });
    expect(await get('7/none', { origin })).toMatchObject({ status: 404, headers: shown });
    expect(await send('OPTIONS', `${ROOT}/7/shared`, { headers: { origin } })).toMatchObject({
      status: 204,
      headers: shown,
    });
  });
});

describe('the edge function', () => {
  test.each(['../x', '%2e%2e/x', 'a/..%2F..%2Fx', '%5C..%5Cx', 'a//b', 'a%00b', '%zz', 'C:%5Cx', '%252e%252e%252fx'])(
    'refuses the path %s for every method',
    async (path) => {
      for (const method of ['PUT', 'GET', 'DELETE']) {
        const headers = { 'content-length': '1' };
        const answer = await send(method, `${ROOT}/${path}`, method === 'PUT' ? { body: 'x', headers } : {});
        expect(errorOf(answer)).toEqual({
          status: 400,
          error_code: 'INVALID_PARAMETER_VALUE',
          message: 'Invalid path',
        });
      }
    },
  );

  test('refuses a file above 5 GB before a byte of it comes', async () => {
    const headers = { 'content-length': String(6 * 1024 ** 3), expect: '100-continue' };
    const outgoing = httpRequest(front.url, { method: 'PUT', path: `${ROOT}/7/huge`, headers, agent: false });
    outgoing.flushHeaders();
    const [response] = await once(outgoing, 'response');
    expect(response.statusCode).toBe(413);
    expect(JSON.parse(await text(response))).toMatchObject({ error_code: 'REQUEST_TOO_LARGE' });
    outgoing.destroy();
  });

  test('has its settings looked at for each request', async () => {
    const claims: TokenClaims = {
      keyId: 'k1',
      tokenId: 't1',
      username: 'ada',
      role: 'READ',
      expiresAt: 4_000_000_000,
      experimentIds: ['7'],
    };
    const bearer = (more: Partial<TokenClaims> = {}) => ({
      authorization: `Bearer ${mintToken({ ...claims, ...more }, 'secret', tokenCrypto)}`,
    });
    await put('7/guarded', 'x');
    front.settings.set('mode', 'tokens').set('key/k1', 'secret');
    expect((await get('7/guarded', bearer())).body).toBe('x');
    expect(errorOf(await put('7/guarded', 'y', bearer()))).toMatchObject({
      status: 403,
      error_code: 'PERMISSION_DENIED',
    });
    expect((await put('7/guarded', 'y', bearer({ role: 'EDIT' }))).status).toBe(200);
    expect(errorOf(await get('8/x', bearer()))).toMatchObject({ status: 403 });
    front.settings.set('revoked/t1', '');
    expect(errorOf(await get('7/guarded', bearer()))).toMatchObject({ status: 401, error_code: 'UNAUTHENTICATED' });
    front.settings.delete('mode');
    expect(errorOf(await get('7/guarded', bearer()))).toMatchObject({ status: 403 });
  });
});

describe('an invitation to send the body', () => {
  const invited = async (path: string, more: Record<string, string> = {}) => {
    const headers = { expect: '100-continue', ...more };
    const outgoing = httpRequest(front.url, { method: 'PUT', path: `${ROOT}/${path}`, headers, agent: false });
    let invitations = 0;
    outgoing.on('information', ({ statusCode }) => {
      invitations += Number(statusCode === 100);
    });
    outgoing.on('continue', () => outgoing.end('hello'));
    outgoing.flushHeaders();
    const [response] = await once(outgoing, 'response');
    await text(response);
    outgoing.destroy();
    return { status: response.statusCode, invitations };
  };

  test('comes once where the body is wanted, and never where it is refused', async () => {
    expect(await invited('7/expected', { 'content-length': '5' })).toEqual({ status: 200, invitations: 1 });
    expect(await invited('7/in-chunks', { 'transfer-encoding': 'chunked' })).toEqual({ status: 200, invitations: 1 });
    expect(await invited('7/a%00', { 'content-length': '5' })).toEqual({ status: 400, invitations: 0 });
    expect((await get('7/expected')).body).toBe('hello');
    expect((await get('7/in-chunks')).body).toBe('hello');
  });
});

describe('a client that breaks off', () => {
  const upload = (path: string, contentLength: number) => {
    const socket = connect(Number(new URL(front.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`PUT ${ROOT}/${path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${contentLength}\r\n\r\n`);
    socket.write(Buffer.alloc(100_000));
    return socket;
  };

  test('leaves nothing that lists, and no connection', async () => {
    await expect.poll(front.countConnections, SOON).toBe(0);
    const sockets = Array.from({ length: 5 }, (_, at) => upload(`9/broken/${at}`, 1_000_000));
    await expect.poll(front.countConnections, SOON).toBe(5);
    for (const socket of sockets) socket.destroy();
    await expect.poll(front.countConnections, SOON).toBe(0);
    expect((await send('GET', `${ROOT}?path=9`)).body).toBe('{}');
    expect((await get('9/broken/0')).status).toBe(404);
    expect(front.reports).toEqual([]);
  });

  test('amid a download leaves no connection either', async () => {
    await put('7/large', new Uint8Array(20_000_000));
    await expect.poll(front.countConnections, SOON).toBe(0);
    const outgoing = httpRequest(front.url, { path: `${ROOT}/7/large`, agent: false });
    outgoing.on('error', () => undefined);
    outgoing.end();
    await once(outgoing, 'response');
    outgoing.destroy();
    await expect.poll(front.countConnections, SOON).toBe(0);
    expect(front.reports).toEqual([]);
  });
});

describe('a presigned URL of the bucket', () => {
  test('works through this port, for upload, download and ranges, without the API', async () => {
    const uploaded = await fetch(await presign(new PutObjectCommand(object('7/pre signed+.bin'))), {
      method: 'PUT',
      body: 'presigned',
    });
    expect(uploaded.status).toBe(200);
    expect(uploaded.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/);
    const url = await presign(new GetObjectCommand(object('7/pre signed+.bin')));
    expect(await (await fetch(url)).text()).toBe('presigned');
    const part = await fetch(url, { headers: { range: 'bytes=3-5' } });
    expect([part.status, await part.text()]).toEqual([206, 'sig']);
    expect((await get('7/pre%20signed%2B.bin')).body).toBe('presigned');
    expect(front.apiCalls).toEqual([]);
  });

  test('may be used by a page of any origin', async () => {
    const url = await presign(new PutObjectCommand(object('7/cors')));
    const origin = 'http://dashboard.example';
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type' },
    });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
    const uploaded = await fetch(url, { method: 'PUT', body: 'x', headers: { origin } });
    expect(uploaded.headers.get('access-control-allow-origin')).toBe('*');
    expect(uploaded.headers.get('access-control-expose-headers')).toContain('ETag');
  });

  test('neutralises HTML and SVG, and keeps the disposition that it was signed with', async () => {
    await put('7/page.svg', '<svg onload="alert(1)"/>');
    const command = new GetObjectCommand({ ...object('7/page.svg'), ResponseContentDisposition: 'inline' });
    const { headers } = await fetch(await presign(command));
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-disposition': 'inline',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    });
  });

  test.each([
    ['not signed', (url: URL) => new URL(url.pathname, url)],
    ['signed for another file', (url: URL) => new URL(url.href.replace('7/own', '7/other'))],
    ['changed', (url: URL) => new URL(`${url.href}&response-content-type=text/html`)],
  ])('is refused when it is %s', async (_, change) => {
    await put('7/own', 'x');
    await put('7/other', 'x');
    const url = change(new URL(await presign(new GetObjectCommand(object('7/own')))));
    expect((await fetch(url)).status).toBe(403);
  });

  test('cannot be made by whoever knows the names alone', async () => {
    const { region } = front.stores.s3;
    const credentials = { accessKeyId: 'tracklet', secretAccessKey: 'tracklet' };
    const client = new S3Client({ endpoint: front.url, region, credentials, forcePathStyle: true });
    await expect(client.send(new HeadObjectCommand(object('7/own')))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    client.destroy();
  });
});

test('all else is the API’s', async () => {
  expect((await send('GET', '/health')).body).toBe('OK');
  expect((await send('GET', '/tracklet-artifacts-of-others')).status).toBe(404);
  expect((await send('POST', `${ROOT}/7/x`)).status).toBe(405);
  expect(errorOf(await send('GET', '/api/2.0/mlflow/runs/get?run_id=0'))).toMatchObject({
    error_code: 'RESOURCE_DOES_NOT_EXIST',
  });
});
