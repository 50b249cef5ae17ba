import { randomBytes } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';

/** A server to hold against S3's behaviour, and what it is known to lack (test name -> reason). */
export type ConformanceTarget = {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly lacks?: Readonly<Record<string, string>>;
};

/** What every case works with: a client with the SDK's defaults, one that adds no checksums (for presigning), and an empty bucket. */
export type Bench = {
  readonly target: ConformanceTarget;
  readonly s3: S3Client;
  readonly plain: S3Client;
  readonly bucket: string;
};

/** Registers a case of the suite. */
export type Check = (title: string, run: (bench: Bench) => Promise<void>) => void;

const clientOf = ({ credentials, endpoint, region }: ConformanceTarget, extra: object = {}): S3Client =>
  new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1, ...extra });

/** Connects and makes a bucket that no earlier run has used. */
export const openBench = async (target: ConformanceTarget): Promise<Bench> => {
  const s3 = clientOf(target);
  const plain = clientOf(target, {
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const bucket = `conformance-${randomBytes(6).toString('hex')}`;
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  return { target, s3, plain, bucket };
};

const emptyBucket = async ({ s3, bucket }: Bench): Promise<void> => {
  for (let hasMore = true; hasMore; ) {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    for (const { Key } of page.Contents ?? []) await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    hasMore = page.IsTruncated === true;
  }
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  for (const { Key, UploadId } of Uploads) {
    await s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
  }
};

/** Leaves nothing behind on the server. */
export const closeBench = async (bench: Bench): Promise<void> => {
  await emptyBucket(bench);
  await bench.s3.send(new DeleteBucketCommand({ Bucket: bench.bucket }));
  bench.s3.destroy();
  bench.plain.destroy();
};

/** Stores a small text. */
export const put = async ({ s3, bucket }: Bench, Key: string, Body = 'x'): Promise<string> =>
  (await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))).ETag ?? '';

/** Expects the call to be refused with that code and status. */
export const refused = async (call: Promise<unknown>, name: string, httpStatusCode: number): Promise<void> => {
  await expect(call).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
};

/** Bytes that do not repeat, the same each time. */
export const bytesOf = (size: number, seed = 1): Buffer => {
  const bytes = Buffer.alloc(size);
  let state = seed >>> 0 || 1;
  for (let i = 0; i < size; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[i] = state & 0xff;
  }
  return bytes;
};
