import { ListMultipartUploadsCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { EmbeddedStores } from '../../local/stores.ts';

/** What lies in the bucket of the embedded stores, seen past the app. */
export interface BucketView {
  /** The first thousand keys. */
  readonly keys: () => Promise<readonly string[]>;
  /** The keys of uploads that are neither complete nor aborted. */
  readonly openUploads: () => Promise<readonly string[]>;
  readonly put: (key: string, body: string) => Promise<void>;
  readonly close: () => void;
}

/** Opens a view of the stores' bucket. */
export function viewBucket({ connections, bucketName: Bucket }: EmbeddedStores): BucketView {
  const client = new S3Client(connections.s3);
  return {
    keys: async () => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
      return Contents.map(({ Key = '' }) => Key);
    },
    openUploads: async () => {
      const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
      return Uploads.map(({ Key = '' }) => Key);
    },
    put: async (Key, Body) => {
      await client.send(new PutObjectCommand({ Bucket, Key, Body }));
    },
    close: () => client.destroy(),
  };
}
