import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { toMlflowError } from '../../artifacts/s3-failures.ts';
import { deleteKeys, listPages } from '../../artifacts/s3-objects.ts';
import { SegmentCorrupt } from '../segments/segment-corrupt.ts';
import { translateErrors } from '../translate-errors.ts';
import { SEGMENTS_ROOT as ROOT, type SegmentFiles } from './segment-files.ts';

/** S3: DeleteObjects. */
const MAX_DELETED_AT_ONCE = 1000;

/** Segments in an S3 bucket. */
export function createS3SegmentFiles(client: S3Client, bucket: string): SegmentFiles {
  const read = async (id: string, offset: number, length: number): Promise<Uint8Array> => {
    if (length === 0) return new Uint8Array();
    const range = `bytes=${offset}-${offset + length - 1}`;
    try {
      const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: ROOT + id, Range: range }));
      return (await object.Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      if (error instanceof NoSuchKey) throw new SegmentCorrupt('Its file is gone', error);
      throw toMlflowError(error);
    }
  };

  const files: SegmentFiles = {
    put: async (id, bytes) => {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: ROOT + id, Body: bytes }));
    },
    open: (id, sizeBytes) => ({ sizeBytes, read: (offset, length) => read(id, offset, length) }),
    remove: async (ids) => {
      for (let start = 0; start < ids.length; start += MAX_DELETED_AT_ONCE) {
        const keys = ids.slice(start, start + MAX_DELETED_AT_ONCE).map((id) => ROOT + id);
        await deleteKeys(client, bucket, keys);
      }
    },
    listOlder: async (experimentId, beforeMs) => {
      const ids: string[] = [];
      for await (const { Contents: objects = [] } of listPages(client, bucket, `${ROOT}${experimentId}/`)) {
        for (const { Key: key, LastModified: modified } of objects) {
          if (key !== undefined && Number(modified) < beforeMs) ids.push(key.slice(ROOT.length));
        }
      }
      return ids;
    },
  };
  return translateErrors(files, toMlflowError);
}
