import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { operations } from '../../../functions/api/index.ts';
import { createApp } from '../../../functions/http/app.ts';
import { openBackend } from '../../../local/backend.ts';
import { watchQuiet } from '../../../local/rehearsal/quiet.ts';
import { startRehearsal } from '../../../local/rehearsal/rehearsal.ts';
import { playAll } from '../../../local/rehearsal/scenes.ts';
import { createCalls, type Send } from '../../../local/seed/calls.ts';
import { startStores } from '../../../local/stores.ts';

const TEST_MS = 60_000;
const LONG = 3_600_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function listening(listener: RequestListener) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A stage on which every call is answered alike, and what happens on it. */
async function openStage(status = 200) {
  const seen = { opened: 0, calls: 0, archived: 0, stopped: 0 };
  const { url } = await listening((_, response) => {
    seen.calls += 1;
    response.writeHead(status).end(JSON.stringify({ experiment_id: '1', run: { info: { run_id: 'r' } } }));
  });
  const stage = {
    url,
    archiveAll: async () => {
      seen.archived += 1;
    },
    stop: async () => {
      seen.stopped += 1;
    },
  };
  const open = async () => {
    seen.opened += 1;
    return stage;
  };
  return { open, seen };
}

const unexpected = () => expect.unreachable();

describe('a rehearsal', { timeout: TEST_MS }, () => {
  test('plays all on two stages while nobody asks for anything, and clears both', async () => {
    const { open, seen } = await openStage();
    startRehearsal({ openStage: open, quietMs: () => LONG, report: unexpected });
    await expect.poll(() => seen.stopped, { timeout: TEST_MS }).toBe(2);
    expect(seen).toMatchObject({ opened: 2, stopped: 2 });
    expect(seen.archived).toBeGreaterThan(0);
    expect(seen.calls).toBeGreaterThan(500);
  });

  test('waits for quiet, stands still while somebody asks, and ends when it is stopped', async () => {
    const { open, seen } = await openStage();
    const watched = { quietMs: 0 };
    const rehearsal = startRehearsal({ openStage: open, quietMs: () => watched.quietMs, report: unexpected });
    await pause(250);
    expect(seen.opened).toBe(0);
    watched.quietMs = LONG;
    await expect.poll(() => seen.calls).toBeGreaterThan(0);
    watched.quietMs = 0;
    await pause(150);
    const { calls } = seen;
    await pause(250);
    expect(seen.calls).toBe(calls);
    await rehearsal.stop();
    expect(seen).toMatchObject({ opened: 1, calls, stopped: 1 });
  });

  test('is stopped before it begins', async () => {
    const { open, seen } = await openStage();
    await startRehearsal({ openStage: open, quietMs: () => 0, report: unexpected }).stop();
    expect(seen.opened).toBe(0);
  });

  test('tells of what fails', async () => {
    const { open, seen } = await openStage(400);
    const failures: string[] = [];
    startRehearsal({ openStage: open, quietMs: () => LONG, report: (_, cause) => failures.push(String(cause)) });
    await expect.poll(() => failures).toEqual([expect.stringContaining('experiments/create was answered 400')]);
    expect(seen.stopped).toBe(1);
  });
});

test('every scene is one that the server plays', { timeout: TEST_MS }, async () => {
  const stores = await startStores({ dataDir: undefined, engine: undefined, log: () => undefined });
  afterAll(stores.stop);
  const { services, archiveAll, settle } = openBackend(stores, unexpected);
  const app = createApp(operations, services, { report: unexpected });
  const found: number[] = [];
  const send: Send = async (method, path, body) => {
    const headers = { 'content-type': 'application/json' };
    const response = await app.fetch(new Request(`http://127.0.0.1${path}`, { method, headers, body: body ?? null }));
    const text = await response.text();
    if (path.endsWith('runs/search')) found.push(JSON.parse(text).runs?.length ?? 0);
    return { status: response.status, text };
  };
  await playAll({ ...createCalls(send), archiveAll });
  await settle();
  expect(Math.min(...found)).toBeGreaterThan(0);
});

test('a server is quiet since its last answer was read', async () => {
  const { server, url } = await listening((_, response) => setTimeout(() => response.end('done'), 100));
  const { quietMs } = watchQuiet(server);
  await pause(20);
  expect(quietMs()).toBeGreaterThan(0);
  const answer = fetch(url);
  await once(server, 'request');
  expect(quietMs()).toBe(0);
  expect(await (await answer).text()).toBe('done');
  await expect.poll(quietMs).toBeGreaterThan(0);
});
