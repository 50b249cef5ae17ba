import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { mintToken } from '../../functions/domain/token.ts';
import { errorText } from '../../functions/platform/describe-error.ts';
import { tokenCrypto } from '../../functions/platform/token-crypto.ts';
import { basic, bearer } from '../support/guarded-app.ts';
import { findSecrets, keepLog, LOGS_VARIABLE } from './logs.js';
import { SECRETS } from './secrets.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracklet-logs-'));
  vi.stubEnv(LOGS_VARIABLE, folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const TOKEN = mintToken(
  { keyId: 'k', tokenId: 't', username: 'ann', role: 'READ', expiresAt: 1, experimentIds: undefined },
  'secret',
  tokenCrypto,
);

describe('the search for secrets in logs', () => {
  test.each([
    ['a password', 'signed in with correct horse battery'],
    ['a canary', 'error: canary-42'],
    ['a token', `refused ${TOKEN}`],
    ['a password as it is sent', `authorization: ${basic('ann', 'not in the list')}`],
    ['a token as it is sent', bearer(TOKEN)],
    ['a presigned URL', 'GET https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature=0123456789abcdef'],
    ['what an error is made of', errorText(new Error('outer', { cause: new Error('holds hunter2') }))],
  ])('finds %s, and does not repeat it', (_, line) => {
    keepLog('serve', `Tracklet is ready\n${line}\n`);
    const { found } = findSecrets(folder);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toMatch(/^serve-\d+\.log:\d+ holds /);
    expect(found.join()).not.toContain(line);
  });

  test('finds nothing in what servers usually tell', () => {
    keepLog('serve', 'Tracklet is ready at http://127.0.0.1:5000\nDynamoDB is dynoxide\nerror: unexpected error\n');
    keepLog('app', 'www-authenticate: Basic realm="mlflow"\nredaction (mask): \'key\' held aws-key\n');
    expect(findSecrets(folder)).toEqual({ lines: 7, found: [] });
  });

  test('reads the logs of all', () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'candidate.log'), 'hunter2');
    keepLog('serve', 'nothing\n');
    expect(findSecrets(folder).found).toHaveLength(1);
    expect(findSecrets(join(folder, 'none'))).toEqual({ lines: 0, found: [] });
  });

  test('keeps nothing where nobody looks', () => {
    vi.stubEnv(LOGS_VARIABLE, '');
    keepLog('serve', 'a line\n');
    expect(readdirSync(folder)).toEqual([]);
  });
});

/** What a test calls a password and writes as a text. */
const PASSWORDS = /password\w*["']?\s*[:=]\s*["'`]([^"'`$\n]{8,})["'`]/gi;

test('every password of a test is one that is searched for', () => {
  const root = join(import.meta.dirname, '..');
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(ts|js|py)$/.test(path));
  const unknown = sources.flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(PASSWORDS)]
      .map(([, password = '']) => password)
      .filter((password) => !SECRETS.some((secret) => password.includes(secret)))
      .map((password) => `${path}: ${password}`),
  );
  expect(unknown).toEqual([]);
});
