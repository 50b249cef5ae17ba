import { appendFile, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
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

let roomBytes = 0;

const reopen = async (): Promise<{ journal: Journal; entries: unknown[] }> => {
  const entries: unknown[] = [];
  return { journal: await Journal.open({ path, format: FORMAT, roomBytes }, (entry) => entries.push(entry)), entries };
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

describe.each([0, 4096])('the journal, with %i bytes of room', (room) => {
  beforeEach(() => {
    roomBytes = room;
  });

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

describe('room in the journal', () => {
  beforeEach(() => {
    roomBytes = 4096;
  });

  it('takes entries without a change of size, and is gone when the journal is closed', async () => {
    const { journal } = await reopen();
    const { size } = await stat(path);
    for (let i = 0; i < 20; i++) await journal.append([i]);
    expect((await stat(path)).size).toBe(size);
    expect(size).toBeGreaterThan(4096);
    for (let i = 20; i < 600; i++) await journal.append([i]);
    expect((await stat(path)).size).toBeGreaterThan(size);
    await journal.close();
    expect((await stat(path)).size).toBe(journal.bytes);
    expect(await read()).toEqual(Array.from({ length: 600 }, (_, i) => i));
  });

  it('may hold anything when the process died: whole entries, pieces of the last one, nothing', async () => {
    const { journal } = await reopen();
    for (const entry of ['a', 'b']) await journal.append([entry]);
    const left = await readFile(path);
    const { bytes } = journal;
    await journal.close();
    for (const torn of ['', 'half a line', '\0\0\0\0\0\0 its end alone"]\n']) {
      await writeFile(path, left);
      const file = await open(path, 'r+');
      await file.write(torn, bytes);
      await file.close();
      await write(['c']);
      expect(await read()).toEqual(['a', 'b', 'c']);
    }
    expect((await readdir(folder)).filter((name) => name.endsWith('.damaged'))).toEqual([]);
  });
});
