import { ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Bench, Check } from './bench.ts';
import { refused } from './bench.ts';

const clientWith = ({ target }: Bench, credentials: Partial<Bench['target']['credentials']>): S3Client =>
  new S3Client({
    endpoint: target.endpoint,
    region: target.region,
    credentials: { ...target.credentials, ...credentials },
    forcePathStyle: true,
    maxAttempts: 1,
  });

/** Who is let in. */
export const signatureCases = (check: Check): void => {
  check('refuses a wrong secret', async (bench) => {
    const s3 = clientWith(bench, { secretAccessKey: 'wrong' });
    await refused(s3.send(new ListBucketsCommand({})), 'SignatureDoesNotMatch', 403);
    const put = new PutObjectCommand({ Bucket: bench.bucket, Key: 'a', Body: 'x' });
    await refused(s3.send(put), 'SignatureDoesNotMatch', 403);
    s3.destroy();
  });

  check('refuses an unknown key', async (bench) => {
    const s3 = clientWith(bench, { accessKeyId: 'UNKNOWNKEY' });
    await refused(s3.send(new ListBucketsCommand({})), 'InvalidAccessKeyId', 403);
    s3.destroy();
  });

  check('refuses what is not signed', async ({ target, bucket }) => {
    for (const [method, path] of [
      ['GET', `/${bucket}`],
      ['GET', `/${bucket}/a`],
      ['PUT', `/${bucket}/a`],
      ['DELETE', `/${bucket}/a`],
    ] as const) {
      const response = await fetch(`${target.endpoint}${path}`, { method });
      expect([method, response.status]).toEqual([method, 403]);
      expect(await response.text()).toContain('<Code>AccessDenied</Code>');
    }
  });
};
