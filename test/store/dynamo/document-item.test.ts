import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  documentItems,
  documentJson,
  partsGenerationOf,
  versionOf,
  versionOfGeneration,
  writeIdsOf,
} from '../../../functions/store/dynamo/document-item.ts';
import { keyOf } from '../../../functions/store/dynamo/table.ts';
import { randomText } from '../random-text.ts';

const write = { key: { pk: 'P', sk: 'S' }, version: 7, writeId: 'abc', earlierWriteIds: [] };
const layOut = (json: string) => documentItems(write, json, { st: { S: 'active' } });

const MAX_ITEM_BYTES = 400 * 1024;
const sizeOf = (item: object): number => Buffer.byteLength(JSON.stringify(item));

describe('a short document', () => {
  test('lies in one item as text, with its version, its write and the extra attributes', () => {
    expect(layOut('{"a":1}')).toEqual({
      main: {
        pk: { S: 'P' },
        sk: { S: 'S' },
        v: { N: '7' },
        w: { S: 'abc' },
        st: { S: 'active' },
        j: { S: '{"a":1}' },
      },
      parts: [],
    });
  });
});

describe('a longer document', () => {
  const items = layOut(JSON.stringify('x'.repeat(300_000)));

  test('lies in one item, deflated', () => {
    expect(items.parts).toEqual([]);
    expect(items.main.j).toBeUndefined();
    expect(items.main.z?.B?.length).toBeLessThan(5000);
  });
});

describe('a document beyond an item', () => {
  const json = JSON.stringify(randomText(1_500_000, 1));
  const { main, parts } = layOut(json);

  test('spills into parts that fit an item each', () => {
    expect(parts.length).toBeGreaterThan(2);
    for (const { z } of parts) expect(z?.B?.length).toBeLessThan(MAX_ITEM_BYTES);
    expect(sizeOf(main)).toBeLessThan(1024);
  });

  test('names its parts by a generation that tells version and write', () => {
    const generation = partsGenerationOf(main) ?? '';
    expect(versionOfGeneration(generation)).toBe(7);
    expect(generation).toContain('abc');
    expect(main.n).toEqual({ N: String(parts.length) });
    for (const part of parts) expect(keyOf(part)).toEqual({ pk: 'P', sk: expect.stringContaining(`S~${generation}~`) });
  });

  test('has sort keys in the order of the parts', () => {
    const keys = parts.map((part) => keyOf(part).sk);
    expect(keys.toSorted()).toEqual(keys);
  });

  test('keeps the extra attributes on the main item', () => {
    expect(main.st).toEqual({ S: 'active' });
    expect(versionOf(main)).toBe(7);
    expect(writeIdsOf(main)).toEqual(['abc']);
  });

  test('is undefined when parts are missing', () => {
    expect(documentJson(main, parts.slice(1))).toBeUndefined();
    expect(documentJson(main, [])).toBeUndefined();
  });

  test('comes back from all its parts', () => {
    expect(documentJson(main, parts)).toBe(json);
  });
});

test.each([0, 1, 4095, 4096, 4097, 460_000, 466_000, 470_000, 700_000])('%d random characters come back', (length) => {
  const json = JSON.stringify(randomText(length, length));
  const { main, parts } = layOut(json);
  expect(documentJson(main, parts)).toBe(json);
});

test('any text comes back, beyond ASCII too', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(1, 500), (text, times) => {
      const json = JSON.stringify(text.repeat(times));
      const { main, parts } = layOut(json);
      expect(documentJson(main, parts)).toBe(json);
    }),
    { seed: 61 },
  );
});

test('short text beyond ASCII fits an item though its bytes are thrice its length', () => {
  expect(sizeOf(layOut(JSON.stringify('€'.repeat(4094))).main)).toBeLessThan(MAX_ITEM_BYTES);
});

test('carries the ids of the last four writes, newest first', () => {
  const earlierWriteIds = ['w6', 'w5', 'w4', 'w3'];
  const { main } = documentItems({ ...write, writeId: 'w7', earlierWriteIds }, '{}', {});
  expect(writeIdsOf(main)).toEqual(['w7', 'w6', 'w5', 'w4']);
});

test('generations sort by version', () => {
  const generationOf = (version: number) => {
    const items = documentItems({ ...write, version }, JSON.stringify(randomText(1_000_000, 2)), {});
    return partsGenerationOf(items.main) ?? '';
  };
  const generations = [9, 10, 100].map(generationOf);
  expect(generations.toSorted()).toEqual(generations);
});
