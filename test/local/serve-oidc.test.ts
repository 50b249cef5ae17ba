import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { newFolder } from '../support/new-folder.ts';
import { openBrowser } from '../support/oidc/browser.ts';
import { CLIENT_ID, CLIENT_SECRET, MACHINE, startProvider, type TestProvider } from '../support/oidc/start-provider.ts';
import { spawnTracklet, type TrackletProcess } from '../support/spawn-tracklet.ts';
import { readAnswer, textAt } from '../support/test-app.ts';

const TEST_MS = 90_000;
const PYTHON = join(import.meta.dirname, '../../.cache/venv-3.17/bin/python');

/** The stock client at its simplest, and the files that need a folder of the run. */
const LOG_A_RUN = `
import mlflow
mlflow.set_experiment("by a machine")
with mlflow.start_run() as run:
    mlflow.log_metric("loss", 0.25)
    mlflow.log_text("hello", "notes/a.txt")
assert mlflow.get_run(run.info.run_id).data.metrics == {"loss": 0.25}
assert mlflow.artifacts.load_text(run.info.artifact_uri + "/notes/a.txt") == "hello"
print("logged")
`;

interface Opened {
  readonly provider: TestProvider;
  readonly server: TrackletProcess;
  readonly origin: string;
}

/** Starts a provider and a server whose people sign in there. */
async function open(prepare: (provider: TestProvider) => void = () => undefined): Promise<Opened> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const provider = await startProvider([`${origin}/api/2.0/tracklet/oidc/callback`]);
  onTestFinished(provider.stop);
  prepare(provider);
  const secretFile = join(await newFolder(), 'secret');
  await writeFile(secretFile, `${CLIENT_SECRET}\n`);
  const of = ['--oidc-issuer', provider.issuer, '--oidc-client-id', CLIENT_ID, '--oidc-client-secret-file', secretFile];
  const server = spawnTracklet(
    ['serve', '--ephemeral', '--port', String(port), '--auth', 'oidc', ...of, '--oidc-admin-group', 'platform'],
    { env: { TRACKLET_ADMIN_USERNAME: '' } },
  );
  await server.ready();
  return { provider, server, origin };
}

describe('tracklet serve --auth oidc', { timeout: TEST_MS }, () => {
  test('signs people in at the provider; their pages log and read files', async () => {
    const { provider, server, origin } = await open();
    provider.people.set('sub-1', { preferred_username: 'alice', groups: ['platform'] });
    const browser = openBrowser(fetch, origin);
    const answer = await browser.signIn('sub-1', '/experiments');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/experiments']);
    const session = await readAnswer(await browser.visit('/api/2.0/tracklet/session'));
    expect(session.body).toMatchObject({ auth: 'oidc', user: { username: 'alice', is_admin: true } });
    const file = '/api/2.0/mlflow-artifacts/artifacts/0/x/artifacts/a.txt';
    const put = (headers: Readonly<Record<string, string>>) =>
      browser.visit(file, { method: 'PUT', body: 'hello', headers });
    expect((await put({})).status).toBe(403);
    expect((await put({ 'x-tracklet-csrf': textAt(session, 'csrf_token') })).status).toBe(200);
    expect(await (await browser.visit(file)).text()).toBe('hello');
    expect((await fetch(origin + file)).status).toBe(401);
    // Nobody is made who would sign in by password.
    expect(server.stdout()).not.toContain('Made the admin');
    expect(server.stdout() + server.stderr()).not.toContain(CLIENT_SECRET);
  });

  test('takes a token of the provider from the stock client', async ({ skip }) => {
    const hasPython = existsSync(PYTHON);
    if (!hasPython && process.env.TRACKLET_REQUIRE_ALL === '1') throw new Error(`${PYTHON} is missing`);
    if (!hasPython) return skip('the stock client of 3.17 is not on this machine');
    const { provider, origin } = await open();
    const env = {
      ...process.env,
      MLFLOW_TRACKING_URI: origin,
      MLFLOW_TRACKING_TOKEN: await provider.machineToken(),
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0',
      MLFLOW_DISABLE_TELEMETRY: 'true',
      GIT_PYTHON_REFRESH: 'quiet',
    };
    const { stdout } = await promisify(execFile)(PYTHON, ['-c', LOG_A_RUN], { env, timeout: TEST_MS });
    expect(stdout).toContain('logged');
    const authorization = `Bearer ${await provider.machineToken()}`;
    const whoami = await fetch(`${origin}/api/2.0/tracklet/whoami`, { headers: { authorization } });
    expect(await whoami.json()).toMatchObject({ auth: 'oidc', username: MACHINE.id });
  });

  test('starts while the provider is down, says so, and asks again', async () => {
    const { provider, server, origin } = await open((it) => it.down());
    expect(server.stderr()).toContain(`error: the OpenID provider ${provider.issuer} cannot be used now`);
    const login = () => fetch(`${origin}/api/2.0/tracklet/oidc/login`, { redirect: 'manual' });
    const refused = await login();
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ error_code: 'TEMPORARILY_UNAVAILABLE' });
    provider.up();
    expect((await login()).status).toBe(302);
  });

  test.each<[string, readonly string[], string]>([
    ['no issuer', ['--auth', 'oidc'], '--auth oidc needs --oidc-issuer.'],
    ['no client', ['--auth', 'oidc', '--oidc-issuer', 'https://id.example'], '--auth oidc needs --oidc-client-id.'],
    ['another mode', ['--auth', 'basic', '--oidc-client-id', 'x'], '--oidc-client-id goes with --auth oidc alone.'],
    [
      'an issuer without TLS',
      ['--auth', 'oidc', '--oidc-client-id', 'x', '--oidc-issuer', 'http://id.example'],
      '--oidc-issuer http://id.example must be a URL with https',
    ],
  ])('does not start with %s', async (_, args, sentence) => {
    const server = spawnTracklet(['serve', '--ephemeral', '--port', '0', ...args]);
    expect((await server.ended).code).not.toBe(0);
    expect(server.stderr()).toContain(sentence);
    expect(server.stderr()).not.toMatch(/^\s+at /m);
  });
});
