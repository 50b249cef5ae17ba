import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { type S3Options, startS3 } from '../../../local/s3/index.ts';

export const BUCKET = 'bucket';

export const CREDENTIALS = { accessKeyId: 'LOCALKEY', secretAccessKey: 'local/secret+key' } as const;

/** A server over a folder of its own, and a client; `close` stops it and removes the folder. */
export type LocalS3 = {
  readonly rootDir: string;
  readonly endpoint: string;
  readonly s3: S3Client;
  readonly stop: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** A folder that is empty. */
export const makeRootDir = (): Promise<string> => mkdtemp(join(tmpdir(), 'tracklet-s3-'));

/** A client with the SDK's defaults and no retries. */
export const connect = (endpoint: string): S3Client =>
  new S3Client({ endpoint, region: 'us-east-1', credentials: CREDENTIALS, forcePathStyle: true, maxAttempts: 1 });

/** Starts a server with one bucket. */
export const openLocalS3 = async (options: Partial<S3Options> = {}): Promise<LocalS3> => {
  const rootDir = options.rootDir ?? (await makeRootDir());
  const { endpoint, stop } = await startS3({ buckets: [BUCKET], credentials: CREDENTIALS, ...options, rootDir });
  const s3 = connect(endpoint);
  const close = async (): Promise<void> => {
    s3.destroy();
    await stop();
    await rm(rootDir, { recursive: true, force: true });
  };
  return { rootDir, endpoint, s3, stop, close };
};
