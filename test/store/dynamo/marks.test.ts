import { describe, expect, test } from 'vitest';
import { createMarks, markItem } from '../../../functions/store/dynamo/marks.ts';
import { type Item, keyItem, keyOf, type Table } from '../../../functions/store/dynamo/table.ts';

const KEY = { pk: 'P', sk: 'S' };
const ACTIVE = { stage: 'active', stageGeneration: 0 } as const;
const DELETED = { stage: 'deleted', stageGeneration: 1 } as const;
const document = (mark: typeof ACTIVE | typeof DELETED): Item => ({ ...keyItem(KEY), ...markItem(mark) });

/** A table that counts its reads, and lets a test hold one back. */
function tableOf(stored: () => readonly Item[]) {
  let reads = 0;
  let held: Promise<void> | undefined;
  const getMany: Table['getMany'] = async (keys) => {
    reads += 1;
    const items = stored().filter((item) => keys.some(({ sk }) => sk === keyOf(item).sk));
    await held;
    return items;
  };
  const unused = () => Promise.reject(new Error('not part of this test'));
  const table = {
    name: 't',
    get: unused,
    getMany,
    query: unused,
    queryFirst: unused,
    put: unused,
    update: unused,
    transact: unused,
  };
  return {
    table: { ...table, writeTogether: unused, writeMany: unused },
    countReads: () => reads,
    hold: () => {
      const { promise, resolve } = withResolvers();
      held = promise;
      return resolve;
    },
  };
}

function withResolvers() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}

describe('marks of the only writer', () => {
  test('are read once, and then known', async () => {
    const { table, countReads } = tableOf(() => [document(ACTIVE)]);
    const marks = createMarks(table, true);
    expect(await marks.find([KEY])).toEqual([ACTIVE]);
    expect(await marks.find([KEY])).toEqual([ACTIVE]);
    expect(countReads()).toBe(1);
  });

  test('follow its own writes without a read', async () => {
    const { table, countReads } = tableOf(() => [document(ACTIVE)]);
    const marks = createMarks(table, true);
    await marks.find([KEY]);
    marks.learn(document(DELETED));
    expect(await marks.find([KEY])).toEqual([DELETED]);
    expect(countReads()).toBe(1);
  });

  test('are read again after a write that may or may not have taken effect', async () => {
    let stored = document(ACTIVE);
    const { table } = tableOf(() => [stored]);
    const marks = createMarks(table, true);
    await marks.find([KEY]);
    stored = document(DELETED);
    marks.forget(KEY);
    expect(await marks.find([KEY])).toEqual([DELETED]);
  });

  test('are not those of a read that a write overtook', async () => {
    const { table, hold } = tableOf(() => [document(ACTIVE)]);
    const marks = createMarks(table, true);
    const letGo = hold();
    const slow = marks.find([KEY]);
    marks.learn(document(DELETED));
    letGo();
    await slow;
    expect(await marks.find([KEY])).toEqual([DELETED]);
  });

  test('of a document that is not there are asked for each time', async () => {
    const { table, countReads } = tableOf(() => []);
    const marks = createMarks(table, true);
    expect(await marks.find([KEY])).toEqual([undefined]);
    expect(await marks.find([KEY])).toEqual([undefined]);
    expect(countReads()).toBe(2);
  });
});

test('marks of one writer among others are read each time', async () => {
  let stored = document(ACTIVE);
  const { table } = tableOf(() => [stored]);
  const marks = createMarks(table, false);
  expect(await marks.find([KEY])).toEqual([ACTIVE]);
  stored = document(DELETED);
  expect(await marks.find([KEY])).toEqual([DELETED]);
});
