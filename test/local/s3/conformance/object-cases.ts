import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { type Bench, bytesOf, type Check, put, refused } from './bench.ts';

const md5 = (body: Uint8Array | string): string => createHash('md5').update(body).digest('hex');

const text = async ({ s3, bucket }: Bench, Key: string): Promise<string | undefined> =>
  (await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))).Body?.transformToString();

/** PutObject, HeadObject, DeleteObject, DeleteObjects. */
export const objectCases = (check: Check): void => {
  check('gives back the bytes that were put, with the MD5 as ETag', async ({ s3, bucket }) => {
    const body = bytesOf(300_001);
    const { ETag } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'bytes', Body: body }));
    const got = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'bytes' }));
    expect(ETag).toBe(`"${md5(body)}"`);
    expect(got.ETag).toBe(ETag);
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
  });

  check('takes a stream with the checksum in the trailer and stores nothing of the framing', async ({ s3, bucket }) => {
    const body = bytesOf(3_000_001, 2);
    const pieces = Array.from({ length: 31 }, (_, i) => body.subarray(i * 100_000, (i + 1) * 100_000));
    const input = { Bucket: bucket, Key: 'stream', Body: Readable.from(pieces), ContentLength: body.length };
    await s3.send(new PutObjectCommand({ ...input, ContentEncoding: 'gzip' }));
    const got = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'stream', ChecksumMode: 'ENABLED' }));
    expect(got.ContentEncoding).toBe('gzip');
    expect(got.ChecksumCRC32).toBeDefined();
    expect(md5((await got.Body?.transformToByteArray()) ?? '')).toBe(md5(body));
  });

  check('stores an empty object', async ({ s3, bucket }) => {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'empty', Body: '' }));
    const got = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'empty' }));
    expect(got.ContentLength).toBe(0);
    expect(await got.Body?.transformToString()).toBe('');
  });

  check('replaces an object as a whole, headers too', async (bench) => {
    const { s3, bucket } = bench;
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'again', Body: 'first', Metadata: { a: '1' } }));
    await put(bench, 'again', 'second');
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'again' }));
    expect(head.Metadata).toEqual({});
    expect(await text(bench, 'again')).toBe('second');
  });

  check('keeps content headers and metadata', async ({ s3, bucket }) => {
    const headers = {
      ContentType: 'text/html; charset=utf-8',
      ContentDisposition: 'attachment; filename="a b.html"',
      CacheControl: 'max-age=60',
      ContentEncoding: 'identity',
      ContentLanguage: 'de',
      Metadata: { run: 'abc', 'two-words': 'a  b' },
    };
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'headers', Body: 'x', ...headers }));
    expect(await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'headers' }))).toMatchObject({
      ...headers,
      Metadata: { run: 'abc', 'two-words': expect.stringMatching(/^a +b$/) },
      ContentLength: 1,
      AcceptRanges: 'bytes',
      LastModified: expect.any(Date),
    });
  });

  for (const ChecksumAlgorithm of ['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const) {
    check(`stores and returns a ${ChecksumAlgorithm}`, async ({ s3, bucket }) => {
      const input = { Bucket: bucket, Key: `sum-${ChecksumAlgorithm}` };
      const sent = await s3.send(new PutObjectCommand({ ...input, Body: 'hello', ChecksumAlgorithm }));
      const got = await s3.send(new GetObjectCommand({ ...input, ChecksumMode: 'ENABLED' }));
      expect(sent[`Checksum${ChecksumAlgorithm}`]).toMatch(/^[\w+/]+=*$/);
      expect(got[`Checksum${ChecksumAlgorithm}`]).toBe(sent[`Checksum${ChecksumAlgorithm}`]);
      expect(await got.Body?.transformToString()).toBe('hello');
    });
  }

  check('refuses a body that is not what its checksum says, and stores nothing', async ({ s3, bucket }) => {
    const input = { Bucket: bucket, Key: 'bad-sum', Body: 'hello' };
    await refused(s3.send(new PutObjectCommand({ ...input, ChecksumCRC32: 'AAAAAA==' })), 'BadDigest', 400);
    const wrongMd5 = createHash('md5').update('other').digest('base64');
    await refused(s3.send(new PutObjectCommand({ ...input, ContentMD5: wrongMd5 })), 'BadDigest', 400);
    await refused(s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'bad-sum' })), 'NoSuchKey', 404);
  });

  check('answers 404 for what is not there', async ({ s3, bucket }) => {
    await refused(s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'none' })), 'NoSuchKey', 404);
    await refused(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'none' })), 'NotFound', 404);
    await refused(s3.send(new GetObjectCommand({ Bucket: `${bucket}-none`, Key: 'a' })), 'NoSuchBucket', 404);
    await refused(
      s3.send(new PutObjectCommand({ Bucket: `${bucket}-none`, Key: 'a', Body: 'x' })),
      'NoSuchBucket',
      404,
    );
  });

  check('deletes, and deletes again without complaint', async (bench) => {
    const { s3, bucket } = bench;
    await put(bench, 'gone');
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'gone' }));
    await refused(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'gone' })), 'NotFound', 404);
    const again = await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'gone' }));
    expect(again.$metadata.httpStatusCode).toBe(204);
  });

  check('deletes many at once, and says nothing of them when asked to be quiet', async (bench) => {
    const { s3, bucket } = bench;
    const keys = ['many/a & b', 'many/<c>', 'many/\u00fc "q"', "many/it's"];
    for (const key of keys) await put(bench, key);
    const Objects = [...keys, 'many/absent'].map((Key) => ({ Key }));
    const loud = await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
    expect(loud.Deleted?.map(({ Key }) => Key).sort()).toEqual([...keys, 'many/absent'].sort());
    for (const key of keys)
      await refused(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })), 'NotFound', 404);
    const quiet = await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }));
    expect(quiet.Deleted ?? []).toEqual([]);
  });

  check('copies bytes, headers and metadata, or takes new ones', async (bench) => {
    const { s3, bucket } = bench;
    const from = { Bucket: bucket, Key: 'copy/from +\u00fc%' };
    await s3.send(new PutObjectCommand({ ...from, Body: 'source', ContentType: 'text/plain', Metadata: { a: '1' } }));
    const CopySource = `${bucket}/${encodeURIComponent(from.Key)}`;
    const copied = await s3.send(new CopyObjectCommand({ Bucket: bucket, Key: 'copy/to', CopySource }));
    expect(copied.CopyObjectResult?.ETag).toBe(`"${md5('source')}"`);
    const to = { Bucket: bucket, Key: 'copy/new' };
    await s3.send(new CopyObjectCommand({ ...to, CopySource, MetadataDirective: 'REPLACE', Metadata: { b: '2' } }));
    await s3.send(new DeleteObjectCommand(from));
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'copy/to' }));
    expect(head).toMatchObject({ ContentType: 'text/plain', Metadata: { a: '1' }, ContentLength: 6 });
    expect((await s3.send(new HeadObjectCommand(to))).Metadata).toEqual({ b: '2' });
    expect(await text(bench, 'copy/to')).toBe('source');
  });

  check('refuses a copy of nothing, and of an object onto itself', async (bench) => {
    const { s3, bucket } = bench;
    await put(bench, 'copy/self');
    const copy = (CopySource: string) =>
      s3.send(new CopyObjectCommand({ Bucket: bucket, Key: 'copy/self', CopySource }));
    await refused(copy(`${bucket}/copy/none`), 'NoSuchKey', 404);
    await refused(copy(`${bucket}/copy/self`), 'InvalidRequest', 400);
  });
};
