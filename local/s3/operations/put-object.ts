import type { StoredObject } from '../disk/state.ts';
import { checkWriteConditions } from '../rules/conditions.ts';
import { checksumHeaders, keptHeaders, quotedEtag } from '../rules/object-headers.ts';
import type { S3Operation } from '../s3-operation.ts';
import { emptyReply } from '../s3-reply.ts';
import { commitBlob } from './commit-blob.ts';
import { receiveBlob } from './receive-blob.ts';

/** PutObject: durable when answered. Conditions are looked at before the body is read, and hold when it is committed. */
export const putObject: S3Operation = async (context, request) => {
  const { store, now } = context;
  const { bucket, headers, key } = request;
  const kept = keptHeaders(headers);
  checkWriteConditions(headers, store.bucket(bucket).objects.get(key));
  const { blob, checksum, etag, sizeBytes } = await receiveBlob(context, request);
  const object: StoredObject = {
    key,
    blobs: [blob],
    sizeBytes,
    etag,
    modifiedMs: now(),
    headers: kept,
    checksum: checksum && { ...checksum, type: 'FULL_OBJECT' },
  };
  await commitBlob(store, blob, () => {
    checkWriteConditions(headers, store.bucket(bucket).objects.get(key));
    return [{ kind: 'put', bucket, object }];
  });
  return emptyReply(200, { etag: quotedEtag(object.etag), ...checksumHeaders(object) });
};
