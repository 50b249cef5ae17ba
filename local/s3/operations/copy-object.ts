import { checksumElement } from '../body/checksum.ts';
import type { ObjectStore } from '../disk/object-store.ts';
import type { BlobRef, StoredObject } from '../disk/state.ts';
import { checkWriteConditions } from '../rules/conditions.ts';
import { MAX_PUT_BYTES } from '../rules/multipart.ts';
import { keptHeaders, quotedEtag } from '../rules/object-headers.ts';
import { S3Error } from '../s3-error.ts';
import type { S3Operation, SignedRequest } from '../s3-operation.ts';
import { xmlReply } from '../s3-reply.ts';
import { textElement, xmlDocument } from '../wire/write-xml.ts';
import { commitBlob } from './commit-blob.ts';
import { type CopySource, copySpan, findCopySource } from './copy-source.ts';

type CopiedContent = Pick<StoredObject, 'etag' | 'checksum'> & { readonly blob: BlobRef };

const checkCopy = ({ bucket, headers, key }: SignedRequest, source: CopySource): boolean => {
  const directive = headers['x-amz-metadata-directive'] ?? 'COPY';
  if (directive !== 'COPY' && directive !== 'REPLACE') {
    throw new S3Error('InvalidArgument', 'Unknown metadata directive.');
  }
  const isItself = source.bucket === bucket && source.object.key === key;
  if (isItself && directive === 'COPY') {
    throw new S3Error(
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  if (source.object.sizeBytes > MAX_PUT_BYTES) {
    throw new S3Error(
      'InvalidRequest',
      `The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_PUT_BYTES}`,
    );
  }
  return directive === 'REPLACE';
};

/** One blob is shared with its source; several become one, so that the ETag is the MD5 again, as S3 does. */
const copyContent = async (store: ObjectStore, object: StoredObject): Promise<CopiedContent> => {
  const [only, ...others] = object.blobs;
  if (only !== undefined && others.length === 0 && object.uploadId === undefined) {
    const release = store.blobs.lease([only]);
    const blob = await store.blobs.duplicate(only).finally(release);
    return { blob, etag: object.etag, checksum: object.checksum };
  }
  const algorithm = object.checksum?.algorithm;
  const { blob, checksum, etag } = await copySpan(store, object, {
    span: { first: 0, last: object.sizeBytes - 1 },
    algorithm,
  });
  const isChecked = algorithm !== undefined && checksum !== undefined;
  return { blob, etag, checksum: isChecked ? { algorithm, type: 'FULL_OBJECT', value: checksum } : undefined };
};

/** CopyObject, with the source's metadata or new ones (`x-amz-metadata-directive: REPLACE`). */
export const copyObject: S3Operation = async (context, request) => {
  const { store, now } = context;
  const { bucket, headers, key } = request;
  const { objects } = store.bucket(bucket);
  const source = findCopySource(context, request);
  const isReplacing = checkCopy(request, source);
  const kept = isReplacing ? keptHeaders(headers) : source.object.headers;
  checkWriteConditions(headers, objects.get(key));
  const { blob, checksum, etag } = await copyContent(store, source.object);
  const { sizeBytes } = blob;
  const object: StoredObject = { key, blobs: [blob], sizeBytes, etag, modifiedMs: now(), headers: kept, checksum };
  await commitBlob(store, blob, () => {
    checkWriteConditions(headers, store.bucket(bucket).objects.get(key));
    return [{ kind: 'put', bucket, object }];
  });
  const fields = [
    textElement('LastModified', new Date(object.modifiedMs).toISOString()),
    textElement('ETag', quotedEtag(object.etag)),
    object.checksum === undefined ? '' : textElement(checksumElement(object.checksum.algorithm), object.checksum.value),
  ];
  return xmlReply(xmlDocument('CopyObjectResult', ...fields));
};
