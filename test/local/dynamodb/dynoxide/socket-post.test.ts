import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSocketPost } from '../../../../local/dynamodb/dynoxide/socket-post.ts';
import { startServer, type TestServer } from '../../../store/dynamo/client/start-server.ts';
import { upTo } from '../../../store/samples.ts';
import { freePort } from '../../../support/free-port.ts';

const SHORT_MS = 40;
const TEXT = 'Grüße, 世界 🎉';
const HEADERS = { host: 'dynoxide', 'x-amz-target': 'T.GetItem' };

const postTo = (endpoint: string, timeoutMs = 10_000) => createSocketPost(new URL(endpoint), timeoutMs);

const startEcho = (status = 200): Promise<TestServer> =>
  startServer((response) => {
    const body = JSON.stringify({ TEXT });
    response.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(body);
  });

/** A server that sends these bytes to whoever says something, and then hangs up if it is to. */
async function startRaw(pieces: readonly (string | Buffer)[], hangsUp = false): Promise<string> {
  const port = await freePort();
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', async () => {
      for (const piece of pieces) await new Promise((done) => socket.write(piece, done));
      if (hangsUp) socket.destroy();
    });
    onTestFinished(() => {
      socket.destroy();
    });
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
  });
  return `http://127.0.0.1:${port}`;
}

describe('a request', () => {
  test('is a POST to the root with its headers and the length of its body in bytes', async () => {
    const { endpoint, received } = await startEcho();
    await postTo(endpoint)(HEADERS, TEXT);
    const length = String(Buffer.byteLength(TEXT));
    expect(received).toMatchObject([
      { method: 'POST', url: '/', body: TEXT, headers: { ...HEADERS, 'content-length': length } },
    ]);
  });

  test.each([200, 400, 500])('gets its answer, whatever its status: %i', async (status) => {
    const { endpoint } = await startEcho(status);
    expect(await postTo(endpoint)(HEADERS, '{}')).toEqual({ status, body: JSON.stringify({ TEXT }) });
  });

  test('gets an answer that comes byte by byte', async () => {
    const bytes = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(TEXT)}\r\nX: y\r\n\r\n${TEXT}`);
    const endpoint = await startRaw(upTo(bytes.length).map((at) => bytes.subarray(at, at + 1)));
    expect(await postTo(endpoint)(HEADERS, '{}')).toEqual({ status: 200, body: TEXT });
  });

  test('gets an answer of megabytes', async () => {
    const large = TEXT.repeat(200_000);
    const endpoint = await startRaw([`HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(large)}\r\n\r\n`, large]);
    expect((await postTo(endpoint)(HEADERS, '{}')).body === large).toBe(true);
  });
});

describe('no answer', () => {
  test('comes from where nobody listens', async () => {
    const post = postTo(`http://127.0.0.1:${await freePort()}`);
    for (const _ of upTo(3)) await expect(post(HEADERS, '{}')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('comes from a server that falls silent', async () => {
    const { endpoint } = await startServer(() => undefined);
    await expect(postTo(endpoint, SHORT_MS)(HEADERS, '{}')).rejects.toThrow(`within ${SHORT_MS} ms`);
  });

  test.each<[string, readonly string[]]>([
    ['before its answer', []],
    ['in the head of its answer', ['HTTP/1.1 200 OK\r\n']],
    ['in the body of its answer', ['HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{']],
  ])('comes from a server that hangs up %s', async (_, pieces) => {
    const post = postTo(await startRaw(pieces, true));
    await expect(post(HEADERS, '{}')).rejects.toThrow();
  });

  test.each([
    ['tells no length', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['tells no status', 'SSH-2.0-x\r\ncontent-length: 0\r\n\r\n'],
    ['is longer than it tells', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nabc'],
  ])('comes of an answer that %s', async (_, answer) => {
    const post = postTo(await startRaw([answer]));
    await expect(post(HEADERS, '{}')).rejects.toThrow("not dynoxide's");
  });
});

describe('a connection', () => {
  test('serves one request after another', async () => {
    const { endpoint, received, countConnections } = await startEcho();
    const post = postTo(endpoint);
    for (const _ of upTo(5)) await post(HEADERS, '{}');
    expect([received.length, countConnections()]).toEqual([5, 1]);
  });

  test('is one of 64 at most, whatever is asked at a time', async () => {
    const { endpoint, received, countConnections } = await startEcho();
    const post = postTo(endpoint);
    await Promise.all(upTo(200).map(() => post(HEADERS, '{}')));
    expect(received).toHaveLength(200);
    expect(countConnections()).toBeLessThanOrEqual(64);
  });

  test('that breaks gives its turn to the next request', async () => {
    const { endpoint } = await startServer((response) => response.socket?.destroy());
    const post = postTo(endpoint);
    const outcomes = await Promise.allSettled(upTo(200).map(() => post(HEADERS, '{}')));
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  });

  test('that the server has closed meanwhile is made anew', async () => {
    const { endpoint, closeIdle, countConnections } = await startEcho();
    const post = postTo(endpoint);
    await post(HEADERS, '{}');
    closeIdle();
    await expect
      .poll(() =>
        post(HEADERS, '{}').then(
          () => countConnections(),
          () => 1,
        ),
      )
      .toBe(2);
  });
});
