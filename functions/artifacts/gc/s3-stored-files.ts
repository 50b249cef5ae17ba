import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  type MultipartUpload,
  NoSuchUpload,
  type S3Client,
} from '@aws-sdk/client-s3';
import { translateErrors } from '../../store/translate-errors.ts';
import { folderOf } from '../artifact-key.ts';
import { toMlflowError } from '../s3-failures.ts';
import { deleteKeys, listPages } from '../s3-objects.ts';
import type { Freed, IsTimeUp, StoredFiles } from './stored-files.ts';

type ObjectKeys = readonly string[];

/** The files of one bucket. */
export function createS3StoredFiles(client: S3Client, bucket: string): StoredFiles {
  const walk = async (folder: string, isTimeUp: IsTimeUp, act: (keys: ObjectKeys) => Promise<void>): Promise<Freed> => {
    let objects = 0;
    let bytes = 0;
    for await (const { Contents: contents = [], IsTruncated: hasMore } of listPages(client, bucket, folderOf(folder))) {
      await act(contents.flatMap(({ Key: key }) => key ?? []));
      objects += contents.length;
      bytes += contents.reduce((sum, { Size: size = 0 }) => sum + size, 0);
      if (hasMore && isTimeUp()) return { objects, bytes, isDone: false };
    }
    return { objects, bytes, isDone: true };
  };

  async function* uploadPages() {
    let marker: { readonly KeyMarker?: string; readonly UploadIdMarker?: string } | undefined = {};
    while (marker) {
      const page: ListMultipartUploadsCommandOutput = await client.send(
        new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: folderOf(''), ...marker }),
      );
      yield page.Uploads ?? [];
      const { IsTruncated: hasMore, NextKeyMarker: key, NextUploadIdMarker: id } = page;
      marker = hasMore ? { ...(key ? { KeyMarker: key } : {}), ...(id ? { UploadIdMarker: id } : {}) } : undefined;
    }
  }

  /** One that is finished or aborted meanwhile is no error. */
  const abort = async ({ Key: key, UploadId: id }: MultipartUpload) => {
    try {
      await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: id }));
    } catch (error) {
      if (!(error instanceof NoSuchUpload)) throw error;
    }
  };

  const files: StoredFiles = {
    measure: (folder, isTimeUp) => walk(folder, isTimeUp, async () => undefined),
    remove: (folder, isTimeUp) => walk(folder, isTimeUp, (keys) => deleteKeys(client, bucket, keys)),
    abortUploads: async (beforeMs, isDryRun, isTimeUp) => {
      let found = 0;
      let aborted = 0;
      for await (const uploads of uploadPages()) {
        const stale = uploads.filter(({ Initiated: begun }) => begun && begun.getTime() < beforeMs);
        found += stale.length;
        for (const upload of isDryRun ? [] : stale) {
          if (isTimeUp()) return { found, aborted };
          await abort(upload);
          aborted += 1;
        }
      }
      return { found, aborted };
    },
  };
  return translateErrors(files, toMlflowError);
}
