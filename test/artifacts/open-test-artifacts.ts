import { ReadableStream } from 'node:stream/web';
import { ListMultipartUploadsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { ArtifactContent, ArtifactStore } from '../../functions/artifacts/artifact-store.ts';
import { createS3ArtifactStore } from '../../functions/artifacts/s3-artifact-store.ts';
import { BUCKET, CREDENTIALS, openLocalS3 } from '../local/s3/local-s3.ts';

/** An artifact store over a bucket of its own, and what lies in that bucket. */
export interface TestArtifacts {
  readonly artifacts: ArtifactStore;
  readonly client: S3Client;
  readonly endpoint: string;
  /** The first thousand keys, those below the store's root without it. */
  readonly keys: () => Promise<readonly string[]>;
  readonly countOpenUploads: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Starts an embedded S3 and opens a store on it, its client wired as the services do. */
export async function openTestArtifacts(): Promise<TestArtifacts> {
  const { endpoint, close } = await openLocalS3();
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials: CREDENTIALS,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  return {
    artifacts: createS3ArtifactStore(client, BUCKET),
    client,
    endpoint,
    keys: async () => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: BUCKET }));
      return Contents.map(({ Key = '' }) => Key.replace(/^artifacts\//, ''));
    },
    countOpenUploads: async () =>
      (await client.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }))).Uploads?.length ?? 0,
    close: async () => {
      client.destroy();
      await close();
    },
  };
}

/** A body in these pieces; with `error` it breaks off after them. */
export const bodyOf = (pieces: readonly Uint8Array[], error?: Error): ReadableStream<Uint8Array> => {
  const rest = [...pieces];
  return new ReadableStream({
    pull(controller) {
      const piece = rest.shift();
      if (piece) controller.enqueue(piece);
      else if (error) controller.error(error);
      else controller.close();
    },
  });
};

/** All bytes of an artifact. */
export async function bytesOf(content: ArtifactContent | undefined): Promise<Buffer> {
  if (!content) throw new Error('There is no such artifact');
  const chunks: Uint8Array[] = [];
  for await (const chunk of content.body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Cuts bytes into pieces of this size. */
export const piecesOf = (bytes: Uint8Array, size: number): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));

/** Stores a text under a path. */
export const putText = (artifacts: ArtifactStore, path: string, text: string): Promise<void> => {
  const bytes = Buffer.from(text);
  return artifacts.put(path, { body: bodyOf([bytes]), sizeBytes: bytes.length });
};
