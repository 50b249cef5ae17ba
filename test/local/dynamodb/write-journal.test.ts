import { rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../../functions/store/dynamo/only-writer/write-journal.ts';
import { openWriteJournal } from '../../../local/dynamodb/write-journal.ts';
import { makeRootDir } from '../s3/local-s3.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await makeRootDir();
  path = join(folder, 'writes.journal');
});
afterEach(() => rm(folder, { recursive: true }));

const entryOf = (number: number): JournalEntry => ({
  number,
  items: [
    { pk: { S: 'P' }, sk: { S: `\n${number}` }, b: { B: Buffer.from([0, 10, 255, number]) }, n: { N: '1' } },
    { pk: { S: 'P' }, sk: { S: 'other' }, m: { M: { x: { L: [{ BOOL: true }, { NULL: true }] } } } },
  ],
});

async function write(...entries: readonly JournalEntry[]): Promise<void> {
  const journal = await openWriteJournal(path);
  for (const entry of entries) await journal.append(entry);
  await journal.close();
}

async function found(): Promise<readonly JournalEntry[]> {
  const { entries, close } = await openWriteJournal(path);
  await close();
  return entries;
}

describe('the journal of late writes', () => {
  test('gives back what it took, bytes and all', async () => {
    await write(entryOf(1), entryOf(2));
    expect(await found()).toEqual([entryOf(1), entryOf(2)]);
  });

  test('is without what was half written when the power went, and goes on behind it', async () => {
    await write(entryOf(1), entryOf(2));
    await truncate(path, (await stat(path)).size - 5);
    expect(await found()).toEqual([entryOf(1)]);
    await write(entryOf(2));
    expect(await found()).toEqual([entryOf(1), entryOf(2)]);
  });

  test('holds just what it is told to', async () => {
    const journal = await openWriteJournal(path);
    await journal.append(entryOf(1));
    const before = journal.bytes();
    await journal.replace([]);
    expect(journal.bytes()).toBeLessThan(before);
    await journal.append(entryOf(2));
    await journal.close();
    expect(await found()).toEqual([entryOf(2)]);
  });
});
