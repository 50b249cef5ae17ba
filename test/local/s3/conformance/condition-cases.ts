import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { type Bench, type Check, put, refused } from './bench.ts';

const range = async ({ s3, bucket }: Bench, Key: string, Range: string) => {
  const got = await s3.send(new GetObjectCommand({ Bucket: bucket, Key, Range }));
  const { ContentLength, ContentRange, $metadata } = got;
  return { text: await got.Body?.transformToString(), ContentLength, ContentRange, status: $metadata.httpStatusCode };
};

const HOUR_MS = 3_600_000;

/** Range and conditional requests. */
export const conditionCases = (check: Check): void => {
  check('serves ranges: closed, open-ended, suffix, and past the end', async (bench) => {
    await put(bench, 'range', '0123456789');
    const part = (text: string, span: string) => ({
      text,
      ContentLength: text.length,
      ContentRange: `bytes ${span}/10`,
      status: 206,
    });
    expect(await range(bench, 'range', 'bytes=2-4')).toEqual(part('234', '2-4'));
    expect(await range(bench, 'range', 'bytes=0-0')).toEqual(part('0', '0-0'));
    expect(await range(bench, 'range', 'bytes=7-')).toEqual(part('789', '7-9'));
    expect(await range(bench, 'range', 'bytes=-3')).toEqual(part('789', '7-9'));
    expect(await range(bench, 'range', 'bytes=-30')).toEqual(part('0123456789', '0-9'));
    expect(await range(bench, 'range', 'bytes=8-99')).toEqual(part('89', '8-9'));
  });

  check('answers 416 for a range behind the end', async (bench) => {
    await put(bench, 'range-end', '0123456789');
    await refused(range(bench, 'range-end', 'bytes=10-'), 'InvalidRange', 416);
    await refused(range(bench, 'range-end', 'bytes=99-100'), 'InvalidRange', 416);
  });

  check('reads only what changed', async (bench) => {
    const { s3, bucket } = bench;
    const etag = await put(bench, 'read-if', 'x');
    const get = (conditions: object) =>
      s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'read-if', ...conditions }));
    await expect(get({ IfNoneMatch: etag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
    expect((await get({ IfNoneMatch: '"other"' })).ContentLength).toBe(1);
    expect((await get({ IfMatch: etag })).ContentLength).toBe(1);
    await refused(get({ IfMatch: '"other"' }), 'PreconditionFailed', 412);
    const { LastModified = new Date(0) } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'read-if' }));
    await expect(get({ IfModifiedSince: LastModified })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
    expect((await get({ IfModifiedSince: new Date(LastModified.getTime() - HOUR_MS) })).ContentLength).toBe(1);
    await refused(get({ IfUnmodifiedSince: new Date(LastModified.getTime() - HOUR_MS) }), 'PreconditionFailed', 412);
  });

  check('creates only where nothing is', async (bench) => {
    const { s3, bucket } = bench;
    const create = (Body: string) =>
      s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'create', Body, IfNoneMatch: '*' }));
    await create('first');
    await refused(create('second'), 'PreconditionFailed', 412);
    expect((await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'create' }))).ContentLength).toBe(5);
  });

  check('lets one of many writers create', async ({ s3, bucket }) => {
    const create = (Body: string) =>
      s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'race', Body, IfNoneMatch: '*' }));
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => create(`writer ${i}`)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  check('replaces only the version that was read', async (bench) => {
    const { s3, bucket } = bench;
    const replace = (Key: string, IfMatch: string) =>
      s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'new', IfMatch }));
    const etag = await put(bench, 'replace', 'old');
    await replace('replace', etag);
    await refused(replace('replace', etag), 'PreconditionFailed', 412);
    await refused(replace('replace-none', etag), 'NoSuchKey', 404);
  });

  check('copies only the version that was read', async (bench) => {
    const { s3, bucket } = bench;
    const etag = await put(bench, 'copy-if', 'x');
    const copy = (conditions: object) =>
      s3.send(
        new CopyObjectCommand({ Bucket: bucket, Key: 'copy-to', CopySource: `${bucket}/copy-if`, ...conditions }),
      );
    await copy({ CopySourceIfMatch: etag });
    await refused(copy({ CopySourceIfMatch: '"other"' }), 'PreconditionFailed', 412);
    await refused(copy({ CopySourceIfNoneMatch: etag }), 'PreconditionFailed', 412);
  });
};
