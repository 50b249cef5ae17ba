import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import { newFolder } from '../../support/new-folder.ts';
import { spawnTracklet } from '../../support/spawn-tracklet.ts';
import { trackingApi } from '../../support/tracking-api.ts';

const TEST_MS = 60_000;

const gc = async (...args: readonly string[]) => {
  const command = spawnTracklet(['gc', ...args]);
  const { code } = await command.ended;
  return { code, stdout: command.stdout(), stderr: command.stderr() };
};

const post = async (url: string, path: string, body: object) => {
  const response = await fetch(`${url}/api/2.0/mlflow/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
};

/** A server with a deleted run and another one, both with a file. */
async function serverWithGarbage(...flags: readonly string[]) {
  const dataDir = await newFolder();
  const server = spawnTracklet(['serve', '--port', '0', '--data-dir', dataDir, ...flags]);
  const url = await server.ready();
  const api = trackingApi(url);
  const [garbage, kept] = [await api.createRun('0'), await api.createRun('0')];
  for (const id of [garbage, kept]) await api.putArtifact(`0/${id}/artifacts/a.txt`, new TextEncoder().encode('hello'));
  await post(url, 'runs/delete', { run_id: garbage });
  return { dataDir, server, url, api, garbage, kept };
}

describe('tracklet gc', { timeout: TEST_MS }, () => {
  test('removes what was deleted from a running server, and tells it', async () => {
    const { url, garbage, kept, api } = await serverWithGarbage();
    const dry = await gc('--url', url, '--dry-run');
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    expect(dry.stdout).toBe(
      `Run with ID ${garbage} would be permanently deleted.\nWould remove 1 runs, 0 logged models, 0 experiments; 1 files of 5 bytes\n`,
    );
    expect((await gc('--url', url, '--older-than', '1d')).stdout).toContain('Removed 0 runs');
    const real = await gc('--url', url);
    expect(real.code).toBe(0);
    expect(real.stdout).toBe(
      `Run with ID ${garbage} has been permanently deleted.\nRemoved 1 runs, 0 logged models, 0 experiments; 1 files of 5 bytes\n`,
    );
    await expect(api.getRun(garbage)).rejects.toMatchObject({ status: 404 });
    await expect(api.getArtifact(`0/${garbage}/artifacts/a.txt`)).rejects.toMatchObject({ status: 404 });
    expect(Buffer.from(await api.getArtifact(`0/${kept}/artifacts/a.txt`)).toString()).toBe('hello');
  });

  test('works on the folder of a stopped server', async () => {
    const { dataDir, server, garbage } = await serverWithGarbage();
    const locked = await gc('--data-dir', dataDir);
    expect(locked.code).toBe(1);
    expect(locked.stderr).toContain('in use by another Tracklet server');
    await server.end('SIGTERM');
    const done = await gc('--data-dir', dataDir);
    expect(done.code).toBe(0);
    expect(done.stdout).toContain(`Run with ID ${garbage} has been permanently deleted.`);
  });

  test('refuses in the server’s words', async () => {
    const { url, kept } = await serverWithGarbage();
    const refused = await gc('--url', url, '--run-ids', kept);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`Run ${kept} is not in \`deleted\` lifecycle stage.`);
    expect(refused.stderr).not.toMatch(/^\s+at /m);
  });

  test('says how to start a server when none answers', async () => {
    const silent = await gc('--url', `http://127.0.0.1:${await freePort()}`);
    expect(silent.code).toBe(1);
    expect(silent.stderr).toContain('tracklet serve');
    expect(silent.stderr).toContain('--data-dir');
  });

  test('fails when something could not be removed, and goes on to the end', async () => {
    const kind = { found: 1, removed: [], kept: [], failed: [], left_files: [], objects: 0, bytes: 0 };
    const failed = { ...kind, failed: [{ id: 'r', reason: 'The artifact store does not answer.' }] };
    const steps = [
      { is_complete: false, report: { runs: failed, logged_models: kind, experiments: kind }, next_page_token: 't' },
      { is_complete: true, report: { runs: { ...kind, removed: ['s'] }, logged_models: kind, experiments: kind } },
    ].map(({ report, ...step }) => ({ ...step, report: { ...report, uploads: { found: 0, aborted: 0, failed: [] } } }));
    const asked: string[] = [];
    const server = createServer(async (request, response) => {
      for await (const chunk of request) asked.push(String(chunk), String(request.headers.authorization));
      response.setHeader('content-type', 'application/json').end(JSON.stringify(steps.shift()));
    });
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const command = spawnTracklet(['gc', '--url', `http://127.0.0.1:${port}/`], {
      env: { MLFLOW_TRACKING_TOKEN: 'x' },
    });
    expect((await command.ended).code).toBe(1);
    expect(command.stdout()).toContain('Run r FAILED: The artifact store does not answer.');
    expect(command.stdout()).toContain('Run with ID s has been permanently deleted.');
    expect(command.stdout()).toContain('1 failed: run it again');
    expect(asked[1]).toBe('Bearer x');
    expect(JSON.parse(asked[2] ?? '')).toMatchObject({ page_token: 't' });
  });

  test('is done by a server that was started with --gc-after', async () => {
    const { dataDir, server, garbage } = await serverWithGarbage();
    await server.end('SIGTERM');
    const again = spawnTracklet(['serve', '--port', '0', '--data-dir', dataDir, '--gc-after', '0s']);
    const api = trackingApi(await again.ready());
    await expect.poll(() => statusOf(api.getRun(garbage)), { timeout: 20_000 }).toBe(404);
  });
});

const statusOf = async (call: Promise<unknown>): Promise<unknown> => {
  try {
    await call;
    return 200;
  } catch (error) {
    return error instanceof Error ? Reflect.get(error, 'status') : undefined;
  }
};
