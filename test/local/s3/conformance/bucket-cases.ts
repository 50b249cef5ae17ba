import {
  CreateBucketCommand,
  DeleteBucketCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { type Check, put, refused } from './bench.ts';

/** ListBuckets, HeadBucket, CreateBucket, DeleteBucket. */
export const bucketCases = (check: Check): void => {
  check('creates, finds, lists and deletes a bucket', async ({ s3, bucket }) => {
    const Bucket = `${bucket}-two`;
    await refused(s3.send(new HeadBucketCommand({ Bucket })), 'NotFound', 404);
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new HeadBucketCommand({ Bucket }));
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets.map(({ Name }) => Name)).toEqual(expect.arrayContaining([bucket, Bucket]));
    await s3.send(new DeleteBucketCommand({ Bucket }));
    await refused(s3.send(new ListObjectsV2Command({ Bucket })), 'NoSuchBucket', 404);
  });

  check('keeps a bucket that is not empty', async (bench) => {
    const { s3, bucket } = bench;
    await put(bench, 'inhabitant');
    await refused(s3.send(new DeleteBucketCommand({ Bucket: bucket })), 'BucketNotEmpty', 409);
  });

  check('refuses a bucket name that is none', async ({ s3 }) => {
    await refused(s3.send(new CreateBucketCommand({ Bucket: 'Not_A_Name' })), 'InvalidBucketName', 400);
  });

  check('does not delete a bucket that is not there', async ({ s3, bucket }) => {
    await refused(s3.send(new DeleteBucketCommand({ Bucket: `${bucket}-none` })), 'NoSuchBucket', 404);
  });
};
