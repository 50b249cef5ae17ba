import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { stopHttp } from '../../local/stop-http.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server with one request that nobody has answered yet. */
const startBusy = async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const outgoing = request({ port, host: '127.0.0.1', agent: false });
  onTestFinished(() => {
    outgoing.destroy();
    server.closeAllConnections();
  });
  outgoing.end();
  const [, response] = await once(server, 'request');
  const ended = new Promise<string>((resolve) => {
    outgoing.on('response', (answer) => resolve(String(answer.statusCode)));
    outgoing.on('error', () => resolve('cut'));
  });
  return { server, port: Number(port), response, ended };
};

test('waits for as long as files move on, and 5 s more', async () => {
  const { server, ended } = await startBusy();
  let moved = 0;
  const onWait = vi.fn();
  const stopped = stopHttp(server, { onWait, bytesMoved: () => moved });
  for (let second = 0; second < 60; second += 4) {
    moved += 1;
    vi.advanceTimersByTime(4_000);
  }
  expect(onWait).toHaveBeenCalledOnce();
  expect(server.listening).toBe(false);
  const open = await new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
  expect(open).toBe(1);
  vi.advanceTimersByTime(5_000);
  expect(await ended).toBe('cut');
  await stopped;
});

test('lets the last answer go out, and takes nobody in meanwhile', async () => {
  const { server, port, response, ended } = await startBusy();
  const stopped = stopHttp(server, { onWait: () => undefined, bytesMoved: () => 0 });
  const late = connect(port, '127.0.0.1');
  const [error] = await once(late, 'error');
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  response.end('done');
  expect(await ended).toBe('200');
  vi.advanceTimersByTime(100);
  await stopped;
});
