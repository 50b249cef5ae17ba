import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readToken, tokenFault } from '../../../functions/domain/token.ts';
import { tokenCrypto } from '../../../functions/platform/token-crypto.ts';
import { newFolder } from '../../support/new-folder.ts';
import { spawnTracklet } from '../../support/spawn-tracklet.ts';

const mint = async (dataDir: string, ...more: readonly string[]) => {
  const command = spawnTracklet(['token', '--user', 'ada', '--role', 'EDIT', '--data-dir', dataDir, ...more]);
  expect(await command.ended).toEqual({ code: 0, signal: null });
  return command.stdout();
};

test('prints a token alone, good by the key of the data dir, while a server runs there', async () => {
  const dataDir = await newFolder();
  await spawnTracklet(['serve', '--port', '0', '--data-dir', dataDir]).ready();
  const printed = await mint(dataDir, '--experiments', '3', '--expires', '1h');
  expect(printed).toMatch(/^tracklet_\S+\n$/);
  const token = readToken(printed.trim(), tokenCrypto.decode);
  expect(token?.claims).toMatchObject({ username: 'ada', role: 'EDIT', experimentIds: ['3'] });
  const { keyId, secret } = JSON.parse(await readFile(join(dataDir, 'token-key.json'), 'utf8'));
  expect(token?.claims.keyId).toBe(keyId);
  const seconds = Math.floor(Date.now() / 1000);
  expect(token && tokenFault(token, secret, { ...tokenCrypto, nowSeconds: seconds })).toBeUndefined();
  expect(token && tokenFault(token, secret, { ...tokenCrypto, nowSeconds: seconds + 3601 })).toBe(
    'The token has expired.',
  );
});

test('gives each token an id of its own', async () => {
  const dataDir = await newFolder();
  const ids = [await mint(dataDir), await mint(dataDir)].map(
    (text) => readToken(text.trim(), tokenCrypto.decode)?.claims.tokenId,
  );
  expect(new Set(ids).size).toBe(2);
});

test('explains what is wrong on stderr, with exit code 2 and nothing on stdout', async () => {
  const command = spawnTracklet(['token', '--user', 'ada', '--role', 'OWNER']);
  expect(await command.ended).toEqual({ code: 2, signal: null });
  expect(command.stdout()).toBe('');
  expect(command.stderr()).toBe('tracklet: --role OWNER is not known; use READ, EDIT, MANAGE, ADMIN.\n');
  const huge = spawnTracklet(['token', '--user', 'u'.repeat(2000), '--role', 'READ', '--data-dir', await newFolder()]);
  expect(await huge.ended).toEqual({ code: 2, signal: null });
});
