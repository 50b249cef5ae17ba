import {
  DeleteObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { MlflowError } from '../domain/errors.ts';

/** The pages of what lies below a prefix, with a delimiter one level of it. */
export async function* listPages(client: S3Client, bucket: string, prefix: string, delimiter?: string) {
  let token: string | undefined;
  do {
    const page: ListObjectsV2CommandOutput = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, Delimiter: delimiter, ContinuationToken: token }),
    );
    yield page;
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

/** Deletes up to 1,000 keys; one that is not there is no error. */
export async function deleteKeys(client: S3Client, bucket: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const objects = keys.map((Key) => ({ Key }));
  const answer = await client.send(
    new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }),
  );
  const [failed] = answer.Errors ?? [];
  if (failed) throw new MlflowError('TEMPORARILY_UNAVAILABLE', `Could not delete: ${failed.Code}.`);
}
