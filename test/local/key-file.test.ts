import { execFile } from 'node:child_process';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { loadKey } from '../../local/key-file.ts';
import { newFolder } from '../support/new-folder.ts';

test('is made once, for its owner alone, and leaves nothing beside it', async () => {
  const dataDir = join(await newFolder(), 'not', 'there', 'yet');
  const key = loadKey(dataDir, 'token-key');
  expect(key.secret).toMatch(/^[\w-]{43}$/);
  expect(loadKey(dataDir, 'token-key')).toEqual(key);
  expect(await readdir(dataDir)).toEqual(['token-key.json']);
  expect((await stat(join(dataDir, 'token-key.json'))).mode & 0o777).toBe(0o600);
});

test('is another one in each data dir', async () => {
  const [one, other] = [loadKey(await newFolder(), 'token-key'), loadKey(await newFolder(), 'token-key')];
  expect(one.keyId).not.toBe(other.keyId);
  expect(one.secret).not.toBe(other.secret);
});

test('is the same for all processes that need it first', async () => {
  const dataDir = await newFolder();
  const script = `import { loadKey } from ${JSON.stringify(join(import.meta.dirname, '../../local/key-file.ts'))};
    console.log(JSON.stringify(loadKey(${JSON.stringify(dataDir)}, 'token-key')));`;
  const load = () =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: join(import.meta.dirname, '../..'),
    });
  const keys = await Promise.all([load(), load(), load(), load()]);
  expect(new Set(keys.map(({ stdout }) => stdout)).size).toBe(1);
  expect(await readdir(dataDir)).toEqual(['token-key.json']);
});

test('is not replaced when the file is damaged', async () => {
  const dataDir = await newFolder();
  await writeFile(join(dataDir, 'token-key.json'), '{"keyId":"k1","sec');
  expect(() => loadKey(dataDir, 'token-key')).toThrow('holds no key');
});
