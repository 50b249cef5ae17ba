import { expect, test } from 'vitest';
import { readParquet } from '../../../web/previews/read-parquet.ts';
import { SNAPPY_PARQUET, ZSTD_PARQUET } from './parquet-files.ts';

const bytesOf = (base64: string): ArrayBuffer => Uint8Array.from(Buffer.from(base64, 'base64')).buffer;

test('reads what pandas writes', async () => {
  expect(await readParquet(bytesOf(SNAPPY_PARQUET))).toEqual({
    rowCount: 3,
    heading: ['city', 'people', 'share', 'since', 'tags', 'big'],
    rows: [
      ['Zürich', '447082', '0.5', '2020-01-02', '["a","b"]', '9007199254740993'],
      ['Genève', '203856', '', '2021-03-04', '[]', '1'],
      ['', '0', '0.25', '', '', ''],
    ],
  });
});

test.each([
  ['is compressed in another way', bytesOf(ZSTD_PARQUET), /ZSTD/],
  ['is something else', new TextEncoder().encode('no parquet at all').buffer, /invalid/],
  ['is cut off', bytesOf(SNAPPY_PARQUET).slice(0, 500), /invalid/],
])('refuses in words what %s', async (_, file, words) => {
  await expect(readParquet(file)).rejects.toThrow(words);
});
