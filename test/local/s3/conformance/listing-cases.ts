import { ListObjectsCommand, ListObjectsV2Command, type ListObjectsV2CommandInput } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { type Bench, type Check, put, refused } from './bench.ts';

type Page = { readonly keys: readonly string[]; readonly prefixes: readonly string[]; readonly count: number };

const pagesOf = async ({ s3, bucket }: Bench, query: Partial<ListObjectsV2CommandInput>): Promise<readonly Page[]> => {
  const pages: Page[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, ...query, ContinuationToken }));
    const keys = (page.Contents ?? []).map(({ Key = '' }) => Key);
    const prefixes = (page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix);
    pages.push({ keys, prefixes, count: page.KeyCount ?? -1 });
    ContinuationToken = page.NextContinuationToken;
    expect(page.IsTruncated).toBe(ContinuationToken !== undefined);
  } while (ContinuationToken !== undefined);
  return pages;
};

const putAll = async (bench: Bench, keys: readonly string[]): Promise<void> => {
  for (const key of keys) await put(bench, key);
};

/** ListObjectsV2 and ListObjects. */
export const listingCases = (check: Check): void => {
  check('lists a folder as keys and common prefixes', async (bench) => {
    await putAll(bench, ['dir/a', 'dir/b/1', 'dir/b/2', 'dir/c', 'dir/d/x/y', 'dirt']);
    expect(await pagesOf(bench, { Prefix: 'dir/', Delimiter: '/' })).toEqual([
      { keys: ['dir/a', 'dir/c'], prefixes: ['dir/b/', 'dir/d/'], count: 4 },
    ]);
    expect(await pagesOf(bench, { Prefix: 'dir' })).toEqual([
      { keys: ['dir/a', 'dir/b/1', 'dir/b/2', 'dir/c', 'dir/d/x/y', 'dirt'], prefixes: [], count: 6 },
    ]);
  });

  check('counts a common prefix as one key on a page and never repeats it', async (bench) => {
    await putAll(bench, ['page/a/1', 'page/a/2', 'page/b', 'page/c/1', 'page/c/2', 'page/c/3', 'page/d']);
    expect(await pagesOf(bench, { Prefix: 'page/', Delimiter: '/', MaxKeys: 1 })).toEqual([
      { keys: [], prefixes: ['page/a/'], count: 1 },
      { keys: ['page/b'], prefixes: [], count: 1 },
      { keys: [], prefixes: ['page/c/'], count: 1 },
      { keys: ['page/d'], prefixes: [], count: 1 },
    ]);
    expect((await pagesOf(bench, { Prefix: 'page/', Delimiter: '/', MaxKeys: 3 })).map(({ count }) => count)).toEqual([
      3, 1,
    ]);
  });

  check('lists in the order of UTF-8 bytes', async (bench) => {
    // UTF-16 would put the emoji (a surrogate pair) before U+FFFD.
    const sorted = ['utf/A', 'utf/a', 'utf/~', 'utf/\u00e9', 'utf/\ue000', 'utf/\ufffd', 'utf/\u{1f600}'];
    await putAll(bench, sorted.toReversed());
    const pages = await pagesOf(bench, { Prefix: 'utf/', MaxKeys: 2 });
    expect(pages.flatMap(({ keys }) => keys)).toEqual(sorted);
  });

  check('starts after a key, there or not', async (bench) => {
    await putAll(bench, ['after/a', 'after/b', 'after/c']);
    const after = async (StartAfter: string) =>
      (await pagesOf(bench, { Prefix: 'after/', StartAfter })).flatMap((p) => p.keys);
    expect(await after('after/a')).toEqual(['after/b', 'after/c']);
    expect(await after('after/aa')).toEqual(['after/b', 'after/c']);
    expect(await after('after/c')).toEqual([]);
    expect(await after('a')).toEqual(['after/a', 'after/b', 'after/c']);
  });

  check('groups by any delimiter', async (bench) => {
    await putAll(bench, ['delim/a--b', 'delim/a--c', 'delim/a-d']);
    expect(await pagesOf(bench, { Prefix: 'delim/', Delimiter: '--' })).toEqual([
      { keys: ['delim/a-d'], prefixes: ['delim/a--'], count: 2 },
    ]);
  });

  check('writes names percent-encoded when asked to', async (bench) => {
    const { s3, bucket } = bench;
    await putAll(bench, ['enc/a b&\u00fc', 'enc/d e/x']);
    const input = { Bucket: bucket, Prefix: 'enc/', Delimiter: '/', EncodingType: 'url' } as const;
    const { Contents, CommonPrefixes, EncodingType } = await s3.send(new ListObjectsV2Command(input));
    const decode = (name = '') => decodeURIComponent(name.replaceAll('+', ' '));
    expect(EncodingType).toBe('url');
    expect(Contents?.[0]?.Key).not.toContain('\u00fc');
    expect(decode(Contents?.[0]?.Key)).toBe('enc/a b&\u00fc');
    expect(decode(CommonPrefixes?.[0]?.Prefix)).toBe('enc/d e/');
  });

  check('tells size, ETag and time of each key', async (bench) => {
    const ETag = await put(bench, 'facts', 'four');
    const { Contents } = await bench.s3.send(new ListObjectsV2Command({ Bucket: bench.bucket, Prefix: 'facts' }));
    expect(Contents).toMatchObject([{ Key: 'facts', Size: 4, ETag, LastModified: expect.any(Date) }]);
  });

  check('lists nothing for zero keys, and no more than 1,000', async (bench) => {
    const { s3, bucket } = bench;
    await put(bench, 'zero');
    const none = await s3.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 0 }));
    expect(none).toMatchObject({ KeyCount: 0, IsTruncated: false });
    const many = await s3.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 5000 }));
    expect(many.MaxKeys).toBe(1000);
  });

  check('pages by marker in the first version, too', async (bench) => {
    const { s3, bucket } = bench;
    await putAll(bench, ['v1/a', 'v1/b/1', 'v1/b/2', 'v1/c']);
    const list = (Marker?: string) =>
      s3.send(new ListObjectsCommand({ Bucket: bucket, Prefix: 'v1/', Delimiter: '/', MaxKeys: 2, Marker }));
    const first = await list();
    expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'v1/b/', CommonPrefixes: [{ Prefix: 'v1/b/' }] });
    expect(await list(first.NextMarker)).toMatchObject({ IsTruncated: false, Contents: [{ Key: 'v1/c' }] });
  });

  check('refuses a token it never gave, and a bucket that is not there', async ({ s3, bucket }) => {
    const list = (input: ListObjectsV2CommandInput) => s3.send(new ListObjectsV2Command(input));
    await refused(list({ Bucket: bucket, ContinuationToken: '%%%' }), 'InvalidArgument', 400);
    await refused(list({ Bucket: `${bucket}-none` }), 'NoSuchBucket', 404);
  });
};
