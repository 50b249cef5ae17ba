import { checksumAlgorithmOf } from '../body/checksum.ts';
import type { ObjectStore } from '../disk/object-store.ts';
import type { Upload, UploadHead } from '../disk/state.ts';
import { checksumTypeOf } from '../rules/multipart.ts';
import { keptHeaders } from '../rules/object-headers.ts';
import { noSuchUpload } from '../s3-error.ts';
import type { S3Operation, SignedRequest } from '../s3-operation.ts';
import { emptyReply, xmlReply } from '../s3-reply.ts';
import { textElement, xmlDocument } from '../wire/write-xml.ts';

/** The unfinished upload that the query names, if it belongs to the key; 404 NoSuchUpload. */
export const uploadOf = (store: ObjectStore, { bucket, key, query }: SignedRequest): Upload => {
  const upload = store.bucket(bucket).uploads.get(query.get('uploadId') ?? '');
  if (upload === undefined || upload.key !== key) throw noSuchUpload();
  return upload;
};

const requestedChecksum = (headers: SignedRequest['headers']): UploadHead['checksum'] => {
  const name = headers['x-amz-checksum-algorithm'];
  if (name === undefined) return undefined;
  const algorithm = checksumAlgorithmOf(name);
  return { algorithm, type: checksumTypeOf(algorithm, headers['x-amz-checksum-type']) };
};

// Ids sort by age, as ListMultipartUploads wants them.
const newUploadId = (nowMs: number, id: string): string => nowMs.toString(16).padStart(12, '0') + id;

/** CreateMultipartUpload. */
export const createMultipartUpload: S3Operation = async ({ store, now, newId }, { bucket, headers, key }) => {
  const startedMs = now();
  const checksum = requestedChecksum(headers);
  const upload: UploadHead = {
    id: newUploadId(startedMs, newId()),
    key,
    startedMs,
    headers: keptHeaders(headers),
    ...(checksum === undefined ? {} : { checksum }),
  };
  await store.commit(() => {
    store.bucket(bucket);
    return [{ kind: 'start-upload', bucket, upload }];
  });
  const fields = [textElement('Bucket', bucket), textElement('Key', key), textElement('UploadId', upload.id)];
  const told = checksum && { 'x-amz-checksum-algorithm': checksum.algorithm, 'x-amz-checksum-type': checksum.type };
  return xmlReply(xmlDocument('InitiateMultipartUploadResult', ...fields), told);
};

/** AbortMultipartUpload: the parts go. */
export const abortMultipartUpload: S3Operation = async ({ store }, request) => {
  await store.commit(() => {
    const { id } = uploadOf(store, request);
    return [{ kind: 'end-upload', bucket: request.bucket, uploadId: id }];
  });
  return emptyReply(204);
};
