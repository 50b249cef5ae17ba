import { appendFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from '../../../local/journal/journal.ts';
import { makeRootDir } from '../s3/local-s3.ts';

const FORMAT = { format: 'some', version: 1 };

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await makeRootDir();
  path = join(folder, 'journal');
});
afterEach(() => rm(folder, { recursive: true }));

const reopen = async (): Promise<{ journal: Journal; entries: unknown[] }> => {
  const entries: unknown[] = [];
  return { journal: await Journal.open(path, FORMAT, (entry) => entries.push(entry)), entries };
};

const write = async (entries: readonly unknown[]): Promise<void> => {
  const { journal } = await reopen();
  for (const entry of entries) await journal.append([entry]);
  await journal.close();
};

const read = async (): Promise<readonly unknown[]> => {
  const { journal, entries } = await reopen();
  await journal.close();
  return entries;
};

describe('the journal', () => {
  it('gives its entries back in order', async () => {
    await write(['one', { two: '\n\u{1f600}' }, ['x'.repeat(3_000_000)]]);
    expect(await read()).toEqual(['one', { two: '\n\u{1f600}' }, ['x'.repeat(3_000_000)]]);
  });

  it('forgets a last line that was cut anywhere, and goes on behind the one before', async () => {
    await write(['kept', 'torn']);
    const whole = await readFile(path);
    const start = whole.lastIndexOf('\n', whole.length - 2) + 1;
    for (let end = start; end < whole.length; end++) {
      await writeFile(path, whole.subarray(0, end));
      await write(['next']);
      expect(await read()).toEqual(['kept', 'next']);
    }
    expect((await readdir(folder)).filter((name) => name.endsWith('.damaged'))).toEqual([]);
  });

  it('reads around a damaged line, keeps a copy of the file, and says so', async () => {
    await write(['a', 'b', 'c']);
    const whole = await readFile(path, 'utf8');
    await writeFile(path, whole.replace('"b"', '"B"'));
    const { journal, entries } = await reopen();
    expect(entries).toEqual(['a', 'c']);
    expect(journal.isDamaged).toBe(true);
    await journal.rewrite(entries);
    expect(journal.isDamaged).toBe(false);
    await journal.close();
    const copies = (await readdir(folder)).filter((name) => name.endsWith('.damaged'));
    expect(copies).toHaveLength(1);
    expect(await read()).toEqual(['a', 'c']);
  });

  it('takes back what a failed append left', async () => {
    const { journal } = await reopen();
    await journal.append(['a']);
    await appendFile(path, 'half a li');
    const entries: unknown[] = [];
    await journal.reread((entry) => entries.push(entry));
    expect(entries).toEqual(['a']);
    await journal.append(['b']);
    await journal.close();
    expect(await read()).toEqual(['a', 'b']);
  });

  it('is rewritten as a whole and goes on', async () => {
    const { journal } = await reopen();
    for (let i = 0; i < 50; i++) await journal.append([i]);
    const { size } = await stat(path);
    await journal.rewrite(['only']);
    await journal.append(['next']);
    expect(journal.lines).toBe(3);
    await journal.close();
    expect((await stat(path)).size).toBeLessThan(size);
    expect(await read()).toEqual(['only', 'next']);
  });

  it('refuses a file of another version', async () => {
    await write([]);
    const json = '{"format":"some","version":2}';
    await writeFile(path, `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`);
    await expect(read()).rejects.toThrow(/another version/);
  });
});
