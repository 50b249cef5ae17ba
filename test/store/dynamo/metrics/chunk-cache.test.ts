import { expect, test } from 'vitest';
import type { PointColumns } from '../../../../functions/domain/point-columns.ts';
import { createChunkCache } from '../../../../functions/store/dynamo/metrics/chunk-cache.ts';

const columns = (count: number): PointColumns => ({
  steps: new Float64Array(count),
  timestamps: new Float64Array(count),
  values: new Float64Array(count),
});
const BYTES_OF_TEN = 740;

/** A cache with room for `chunks` of ten points, and which chunks it had to load. */
function openCache(chunks: number) {
  const cache = createChunkCache(chunks * BYTES_OF_TEN);
  const loaded: string[] = [];
  const get = async (name: string, count = 10) =>
    cache.get(name, async () => {
      loaded.push(name);
      return columns(count);
    });
  return { get, loaded };
}

test('what was loaded is not loaded again', async () => {
  const { get, loaded } = openCache(2);
  expect(await get('a')).toBe(await get('a'));
  expect(loaded).toEqual(['a']);
});

test('the longest unused go when there is no room', async () => {
  const { get, loaded } = openCache(2);
  for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await get(name);
  expect(loaded).toEqual(['a', 'b', 'c', 'b']);
});

test('what is larger than the cache is given, but not kept', async () => {
  const { get, loaded } = openCache(1);
  expect((await get('a', 11)).values).toHaveLength(11);
  await get('a', 11);
  await get('b');
  await get('b');
  expect(loaded).toEqual(['a', 'a', 'b']);
});

test('two who load one chunk at the same time make it count once', async () => {
  const { get, loaded } = openCache(2);
  await Promise.all([get('a'), get('a')]);
  for (const name of ['b', 'a', 'b']) await get(name);
  expect(loaded).toEqual(['a', 'a', 'b']);
});

test('a load that fails is tried again', async () => {
  const cache = createChunkCache(BYTES_OF_TEN);
  await expect(cache.get('a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  expect((await cache.get('a', async () => columns(1))).values).toHaveLength(1);
});
