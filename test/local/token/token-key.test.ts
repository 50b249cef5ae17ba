import { execFile } from 'node:child_process';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { loadTokenKey } from '../../../local/token/token-key.ts';
import { newFolder } from '../../support/new-folder.ts';

test('is made once, for its owner alone, and leaves nothing beside it', async () => {
  const dataDir = join(await newFolder(), 'not', 'there', 'yet');
  const key = loadTokenKey(dataDir);
  expect(key.secret).toMatch(/^[\w-]{43}$/);
  expect(loadTokenKey(dataDir)).toEqual(key);
  expect(await readdir(dataDir)).toEqual(['token-key.json']);
  expect((await stat(join(dataDir, 'token-key.json'))).mode & 0o777).toBe(0o600);
});

test('is another one in each data dir', async () => {
  const [one, other] = [loadTokenKey(await newFolder()), loadTokenKey(await newFolder())];
  expect(one.keyId).not.toBe(other.keyId);
  expect(one.secret).not.toBe(other.secret);
});

test('is the same for all processes that need it first', async () => {
  const dataDir = await newFolder();
  const script = `import { loadTokenKey } from ${JSON.stringify(join(import.meta.dirname, '../../../local/token/token-key.ts'))};
    console.log(JSON.stringify(loadTokenKey(${JSON.stringify(dataDir)})));`;
  const load = () =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: join(import.meta.dirname, '../../..'),
    });
  const keys = await Promise.all([load(), load(), load(), load()]);
  expect(new Set(keys.map(({ stdout }) => stdout)).size).toBe(1);
  expect(await readdir(dataDir)).toEqual(['token-key.json']);
});

test('is not replaced when the file is damaged', async () => {
  const dataDir = await newFolder();
  await writeFile(join(dataDir, 'token-key.json'), '{"keyId":"k1","sec');
  expect(() => loadTokenKey(dataDir)).toThrow('holds no key');
});
