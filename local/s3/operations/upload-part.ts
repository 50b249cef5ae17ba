import { type ChecksumAlgorithm, checksumElement, checksumHeader } from '../body/checksum.ts';
import type { ObjectStore } from '../disk/object-store.ts';
import type { StoredPart, Upload } from '../disk/state.ts';
import { MAX_PUT_BYTES, parsePartNumber } from '../rules/multipart.ts';
import { quotedEtag } from '../rules/object-headers.ts';
import { parseCopyRange } from '../rules/range.ts';
import { S3Error } from '../s3-error.ts';
import type { S3Operation, SignedRequest } from '../s3-operation.ts';
import { emptyReply, xmlReply } from '../s3-reply.ts';
import { textElement, xmlDocument } from '../wire/write-xml.ts';
import { commitBlob } from './commit-blob.ts';
import { copySpan, findCopySource } from './copy-source.ts';
import { uploadOf } from './multipart-upload.ts';
import { receiveBlob } from './receive-blob.ts';

/** A part may carry a checksum on its own; once the upload named an algorithm, it must be that one. */
const checkAlgorithm = (upload: Upload, given: ChecksumAlgorithm | undefined): void => {
  const expected = upload.checksum?.algorithm;
  if (expected === undefined || expected === given) return;
  throw new S3Error(
    'InvalidRequest',
    `Checksum Type mismatch occurred, expected checksum Type: ${expected.toLowerCase()}, actual checksum Type: ${given?.toLowerCase() ?? 'null'}`,
  );
};

const commitPart = (store: ObjectStore, request: SignedRequest, part: StoredPart): Promise<void> =>
  commitBlob(store, part.blob, () => {
    const { id } = uploadOf(store, request);
    return [{ kind: 'put-part', bucket: request.bucket, uploadId: id, part }];
  });

/** UploadPart; the same number again replaces the part. What it holds is durable with the completion, which alone makes it count. */
export const uploadPart: S3Operation = async (context, request) => {
  const { store, now } = context;
  const upload = uploadOf(store, request);
  const partNumber = parsePartNumber(request.query.get('partNumber') ?? '');
  const { blob, checksum, etag } = await receiveBlob(context, request, {
    check: (plan) => checkAlgorithm(upload, plan.checksum?.algorithm),
    isSynced: false,
  });
  const isKept = checksum !== undefined && upload.checksum !== undefined;
  const part = { partNumber, blob, etag, modifiedMs: now(), ...(isKept ? { checksum: checksum.value } : {}) };
  await commitPart(store, request, part);
  const told = checksum && { [checksumHeader(checksum.algorithm)]: checksum.value };
  return emptyReply(200, { etag: quotedEtag(etag), ...told });
};

/** UploadPartCopy: a part from an object, or from a range of it. */
export const uploadPartCopy: S3Operation = async (context, request) => {
  const { store, now } = context;
  const upload = uploadOf(store, request);
  const partNumber = parsePartNumber(request.query.get('partNumber') ?? '');
  const { object } = findCopySource(context, request);
  const range = request.headers['x-amz-copy-source-range'];
  const span = range === undefined ? { first: 0, last: object.sizeBytes - 1 } : parseCopyRange(range, object.sizeBytes);
  if (span.last - span.first + 1 > MAX_PUT_BYTES) {
    throw new S3Error(
      'InvalidRequest',
      `The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_PUT_BYTES}`,
    );
  }
  const algorithm = upload.checksum?.algorithm;
  const { blob, checksum, etag } = await copySpan(store, object, {
    span,
    ...(algorithm === undefined ? {} : { algorithm }),
  });
  const modifiedMs = now();
  await commitPart(store, request, {
    partNumber,
    blob,
    etag,
    modifiedMs,
    ...(checksum === undefined ? {} : { checksum }),
  });
  const fields = [
    textElement('LastModified', new Date(modifiedMs).toISOString()),
    textElement('ETag', quotedEtag(etag)),
    algorithm === undefined ? '' : textElement(checksumElement(algorithm), checksum),
  ];
  return xmlReply(xmlDocument('CopyPartResult', ...fields));
};
