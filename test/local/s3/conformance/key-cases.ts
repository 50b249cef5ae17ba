import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect } from 'vitest';
import { type Bench, type Check, put, refused } from './bench.ts';

const HOSTILE_KEYS = [
  '../escape',
  'a/../../../../etc/passwd',
  './dot',
  '..',
  'a//b',
  '/leading',
  'trailing/',
  '//',
  'a+b c%20d%2Fe%',
  'quote"\'<&>`$|;#?=@:,!*()[]{}~^',
  'back\\slash',
  'tab\tnew\nline\rreturn',
  'Case',
  'case',
  'caf\u00e9',
  'cafe\u0301',
  '\u{1f600}/\u{10ffff}',
  '\ufffd\ue000',
  'con',
  'nul.txt',
  '__proto__',
  'constructor',
  `long-${'x'.repeat(1019)}`,
  `${'\u00fc/'.repeat(341)}z`,
];

const keysUnder = async ({ s3, bucket }: Bench, Prefix: string): Promise<readonly (string | undefined)[]> => {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix, EncodingType: 'url' }));
  return Contents.map(({ Key }) => decodeURIComponent((Key ?? '').replaceAll('+', ' ')));
};

/** Keys are names, not paths. */
export const keyCases = (check: Check): void => {
  check('keeps every key apart, whatever is in it', async (bench) => {
    const { s3, bucket } = bench;
    for (const Key of HOSTILE_KEYS)
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: `body of ${Key}` }));
    for (const Key of HOSTILE_KEYS) {
      const got = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      expect(await got.Body?.transformToString()).toBe(`body of ${Key}`);
    }
    const listed = await keysUnder(bench, '');
    expect(listed).toEqual(expect.arrayContaining(HOSTILE_KEYS));
    for (const Key of HOSTILE_KEYS) await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    const left = await keysUnder(bench, '');
    expect(HOSTILE_KEYS.filter((key) => left.includes(key))).toEqual([]);
  });

  check('lets a key and keys below it exist together', async (bench) => {
    const { s3, bucket } = bench;
    for (const key of ['tree', 'tree/leaf', 'tree/leaf/deep', 'tree/']) await put(bench, key, key);
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'tree/leaf' }));
    expect(await keysUnder(bench, 'tree')).toEqual(['tree', 'tree/', 'tree/leaf/deep']);
  });

  check('takes odd keys in presigned URLs', async ({ plain, bucket }) => {
    for (const Key of ['pre/a+b c%d&e=f', 'pre/\u00fc\u{1f600}', "pre/it's(1)!*", 'pre//double']) {
      const url = await getSignedUrl(plain, new PutObjectCommand({ Bucket: bucket, Key }), { expiresIn: 60 });
      expect((await fetch(url, { method: 'PUT', body: Key })).status).toBe(200);
      const got = await plain.send(new GetObjectCommand({ Bucket: bucket, Key }));
      expect(await got.Body?.transformToString()).toBe(Key);
    }
  });

  check('refuses a key above 1,024 bytes', async ({ s3, bucket }) => {
    const long = (Key: string) => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'x' }));
    await refused(long('x'.repeat(1025)), 'KeyTooLongError', 400);
    await refused(long('\u00fc'.repeat(513)), 'KeyTooLongError', 400);
  });
};
