import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { type Bench, bytesOf, type Check, put, refused } from './bench.ts';

const MIB = 1024 * 1024;

const start = async ({ s3, bucket }: Bench, Key: string, extra: Partial<CreateMultipartUploadCommandInput> = {}) => {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key, ...extra }));
  return { Bucket: bucket, Key, UploadId };
};

type Started = Awaited<ReturnType<typeof start>>;

const upload = async ({ s3 }: Bench, started: Started, PartNumber: number, Body: Buffer): Promise<CompletedPart> => {
  const { ETag, ChecksumCRC32 } = await s3.send(new UploadPartCommand({ ...started, PartNumber, Body }));
  return { PartNumber, ETag, ChecksumCRC32 };
};

const complete = ({ s3 }: Bench, started: Started, Parts: readonly CompletedPart[], extra: object = {}) =>
  s3.send(new CompleteMultipartUploadCommand({ ...started, MultipartUpload: { Parts: [...Parts] }, ...extra }));

const bytes = async ({ s3, bucket }: Bench, Key: string, Range?: string): Promise<Buffer> =>
  Buffer.from(
    (await (await s3.send(new GetObjectCommand({ Bucket: bucket, Key, Range }))).Body?.transformToByteArray()) ?? [],
  );

const md5 = (body: Uint8Array): Buffer => createHash('md5').update(body).digest();

/** Multipart uploads, with the CRC32 that the SDK asks for by default. */
export const multipartCases = (check: Check): void => {
  check('joins parts uploaded in any order and leaves no upload behind', async (bench) => {
    const { s3, bucket } = bench;
    const [first, second] = [bytesOf(5 * MIB, 3), bytesOf(MIB + 7, 4)];
    const started = await start(bench, 'mpu/join', { ContentType: 'model/x', Metadata: { a: '1' } });
    const later = await upload(bench, started, 7, second);
    const parts = [await upload(bench, started, 2, first), later];
    const done = await complete(bench, started, parts);
    const expected = createHash('md5')
      .update(Buffer.concat([md5(first), md5(second)]))
      .digest('hex');
    expect(done.ETag).toBe(`"${expected}-2"`);
    expect(await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'mpu/join' }))).toMatchObject({
      ETag: done.ETag,
      ContentLength: first.length + second.length,
      ContentType: 'model/x',
      Metadata: { a: '1' },
    });
    expect((await bytes(bench, 'mpu/join')).equals(Buffer.concat([first, second]))).toBe(true);
    const across = await bytes(bench, 'mpu/join', `bytes=${5 * MIB - 3}-${5 * MIB + 2}`);
    expect(across.equals(Buffer.concat([first.subarray(-3), second.subarray(0, 3)]))).toBe(true);
    await refused(s3.send(new ListPartsCommand(started)), 'NoSuchUpload', 404);
  });

  check('takes streamed parts, and the last upload of a part number', async (bench) => {
    const { s3 } = bench;
    const started = await start(bench, 'mpu/stream');
    await upload(bench, started, 1, Buffer.from('old'));
    const input = {
      ...started,
      PartNumber: 1,
      Body: Readable.from([Buffer.from('n'), Buffer.from('ew')]),
      ContentLength: 3,
    };
    const { ETag, ChecksumCRC32 } = await s3.send(new UploadPartCommand(input));
    await complete(bench, started, [{ PartNumber: 1, ETag, ChecksumCRC32 }]);
    expect((await bytes(bench, 'mpu/stream')).toString()).toBe('new');
  });

  check('lists parts in pages', async (bench) => {
    const { s3 } = bench;
    const started = await start(bench, 'mpu/parts');
    for (const number of [3, 1, 2]) await upload(bench, started, number, Buffer.from(`part ${number}`));
    const first = await s3.send(new ListPartsCommand({ ...started, MaxParts: 2 }));
    expect(first).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '2' });
    expect(first.Parts).toMatchObject([{ PartNumber: 1, Size: 6 }, { PartNumber: 2 }]);
    const rest = await s3.send(new ListPartsCommand({ ...started, PartNumberMarker: first.NextPartNumberMarker }));
    expect(rest).toMatchObject({ IsTruncated: false, Parts: [{ PartNumber: 3 }] });
  });

  check('shows nothing before completion, and nothing after an abort', async (bench) => {
    const { s3, bucket } = bench;
    const started = await start(bench, 'mpu/abort');
    const part = await upload(bench, started, 1, Buffer.from('x'));
    const list = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'mpu/abort' }));
    expect(list.KeyCount).toBe(0);
    await s3.send(new AbortMultipartUploadCommand(started));
    await refused(s3.send(new ListPartsCommand(started)), 'NoSuchUpload', 404);
    await refused(complete(bench, started, [part]), 'NoSuchUpload', 404);
    await refused(upload(bench, started, 2, Buffer.from('y')), 'NoSuchUpload', 404);
  });

  check('lists unfinished uploads by key, in pages', async (bench) => {
    const { s3, bucket } = bench;
    const ids = [];
    for (const key of ['open/b', 'open/a', 'open/a']) ids.push((await start(bench, key)).UploadId);
    const list = (extra: object) =>
      s3.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: 'open/', ...extra }));
    const all = await list({});
    expect(all.Uploads?.map(({ Key }) => Key)).toEqual(['open/a', 'open/a', 'open/b']);
    expect(new Set(all.Uploads?.map(({ UploadId }) => UploadId))).toEqual(new Set(ids));
    const first = await list({ MaxUploads: 1 });
    expect(first.IsTruncated).toBe(true);
    const { NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = first;
    const rest = await list({ KeyMarker, UploadIdMarker });
    expect(rest.Uploads?.map(({ UploadId }) => UploadId)).toEqual(
      all.Uploads?.slice(1).map(({ UploadId }) => UploadId),
    );
  });

  check('refuses parts out of order, unknown, changed or too small', async (bench) => {
    const started = await start(bench, 'mpu/refused');
    const one = await upload(bench, started, 1, Buffer.from('one'));
    const two = await upload(bench, started, 2, Buffer.from('two'));
    await refused(complete(bench, started, [two, one]), 'InvalidPartOrder', 400);
    await refused(complete(bench, started, [{ ...one, ETag: two.ETag }]), 'InvalidPart', 400);
    await refused(complete(bench, started, [one, { ...two, PartNumber: 3 }]), 'InvalidPart', 400);
    await refused(complete(bench, started, [one, two]), 'EntityTooSmall', 400);
    await complete(bench, started, [two]);
    expect((await bytes(bench, 'mpu/refused')).toString()).toBe('two');
  });

  check('completes only where nothing is, when asked so', async (bench) => {
    await put(bench, 'mpu/taken', 'there');
    const started = await start(bench, 'mpu/taken');
    const part = await upload(bench, started, 1, Buffer.from('late'));
    await refused(complete(bench, started, [part], { IfNoneMatch: '*' }), 'PreconditionFailed', 412);
    expect((await bytes(bench, 'mpu/taken')).toString()).toBe('there');
  });

  check('copies parts from objects and ranges of them', async (bench) => {
    const { s3, bucket } = bench;
    const source = bytesOf(5 * MIB + 100, 5);
    const from = await start(bench, 'mpu/source');
    await complete(bench, from, [await upload(bench, from, 1, source)]);
    const started = await start(bench, 'mpu/copied');
    const CopySource = `${bucket}/mpu/source`;
    const copy = async (PartNumber: number, CopySourceRange?: string): Promise<CompletedPart> => {
      const { CopyPartResult } = await s3.send(
        new UploadPartCopyCommand({ ...started, PartNumber, CopySource, CopySourceRange }),
      );
      return { PartNumber, ETag: CopyPartResult?.ETag, ChecksumCRC32: CopyPartResult?.ChecksumCRC32 };
    };
    await complete(bench, started, [await copy(1), await copy(2, 'bytes=10-19')]);
    expect((await bytes(bench, 'mpu/copied')).equals(Buffer.concat([source, source.subarray(10, 20)]))).toBe(true);
  });

  check('copies a multipart object whole', async (bench) => {
    const { s3, bucket } = bench;
    const started = await start(bench, 'mpu/original');
    const parts = [bytesOf(5 * MIB, 6), bytesOf(10, 7)];
    const done = [];
    for (const [index, part] of parts.entries()) done.push(await upload(bench, started, index + 1, part));
    await complete(bench, started, done);
    await s3.send(new CopyObjectCommand({ Bucket: bucket, Key: 'mpu/twin', CopySource: `${bucket}/mpu/original` }));
    expect((await bytes(bench, 'mpu/twin')).equals(Buffer.concat(parts))).toBe(true);
  });

  check('makes the checksum of the whole from those of the parts', async (bench) => {
    const { s3, bucket } = bench;
    const whole = bytesOf(5 * MIB + 1000, 8);
    const started = await start(bench, 'mpu/full', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' });
    const parts = [
      await upload(bench, started, 1, whole.subarray(0, 5 * MIB)),
      await upload(bench, started, 2, whole.subarray(5 * MIB)),
    ];
    const done = await complete(bench, started, parts);
    const { ChecksumCRC32 } = await upload(bench, await start(bench, 'mpu/single'), 1, whole);
    expect(done.ChecksumCRC32).toBe(ChecksumCRC32);
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'mpu/full', ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ ChecksumCRC32, ChecksumType: 'FULL_OBJECT' });
  });
};
