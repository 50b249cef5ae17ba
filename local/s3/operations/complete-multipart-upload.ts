import { checksumElement, checksumHeader } from '../body/checksum.ts';
import { readXmlBody } from '../body/read-xml-body.ts';
import type { ObjectStore } from '../disk/object-store.ts';
import type { StoredObject, StoredPart, Upload } from '../disk/state.ts';
import { checkWriteConditions } from '../rules/conditions.ts';
import {
  checksumOfParts,
  MAX_PART_NUMBER,
  MIN_PART_BYTES,
  multipartEtag,
  parsePartNumber,
} from '../rules/multipart.ts';
import { quotedEtag } from '../rules/object-headers.ts';
import { noSuchUpload, S3Error } from '../s3-error.ts';
import type { S3Operation, SignedRequest } from '../s3-operation.ts';
import { xmlReply } from '../s3-reply.ts';
import { childrenOf, textOf, type XmlElement } from '../wire/parse-xml.ts';
import { textElement, xmlDocument } from '../wire/write-xml.ts';
import { uploadOf } from './multipart-upload.ts';

type RequestedPart = { readonly partNumber: number; readonly etag: string; readonly xml: XmlElement };

const requestedParts = (root: XmlElement): readonly RequestedPart[] => {
  const parts = childrenOf(root, 'Part').map((xml) => ({
    partNumber: parsePartNumber(textOf(xml, 'PartNumber')?.trim() ?? ''),
    etag: (textOf(xml, 'ETag') ?? '').trim().replace(/^"(.*)"$/, '$1'),
    xml,
  }));
  if (parts.length === 0 || parts.length > MAX_PART_NUMBER) {
    throw new S3Error(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
  const isInOrder = parts.every((part, index) => part.partNumber > (parts[index - 1]?.partNumber ?? 0));
  if (isInOrder) return parts;
  throw new S3Error(
    'InvalidPartOrder',
    'The list of parts was not in ascending order. Parts must be ordered by part number.',
  );
};

const invalidPart = (): S3Error =>
  new S3Error(
    'InvalidPart',
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
  );

const checkPartChecksum = (upload: Upload, part: StoredPart, xml: XmlElement): void => {
  if (upload.checksum === undefined) return;
  const { algorithm, type } = upload.checksum;
  const given = textOf(xml, checksumElement(algorithm));
  if (given === undefined && type === 'COMPOSITE') {
    throw new S3Error(
      'InvalidRequest',
      `The upload was created using a ${algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${part.partNumber} in the request.`,
    );
  }
  if (given !== undefined && given !== part.checksum) throw invalidPart();
};

const chosenParts = (upload: Upload, requested: readonly RequestedPart[]): readonly StoredPart[] => {
  const parts = requested.map(({ partNumber, etag, xml }) => {
    const part = upload.parts.get(partNumber);
    if (part === undefined || part.etag !== etag) throw invalidPart();
    checkPartChecksum(upload, part, xml);
    return part;
  });
  if (parts.slice(0, -1).some((part) => part.blob.sizeBytes < MIN_PART_BYTES)) {
    throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  return parts;
};

/** The caller may tell what it believes the whole to be. */
const checkWhole = (object: StoredObject, headers: SignedRequest['headers']): void => {
  const size = headers['x-amz-mp-object-size'];
  if (size !== undefined && Number(size) !== object.sizeBytes) {
    throw new S3Error('InvalidRequest', 'The provided x-amz-mp-object-size header does not match what was computed.');
  }
  if (object.checksum === undefined) return;
  const given = headers[checksumHeader(object.checksum.algorithm)];
  const [value] = object.checksum.value.split('-');
  if (given === undefined || given.split('-')[0] === value) return;
  throw new S3Error(
    'BadDigest',
    `The ${object.checksum.algorithm} you specified did not match the calculated checksum.`,
  );
};

const assemble = (upload: Upload, parts: readonly StoredPart[], modifiedMs: number): StoredObject => {
  const checksum = checksumOfParts(upload, parts);
  return {
    key: upload.key,
    blobs: parts.map((part) => part.blob),
    sizeBytes: parts.reduce((sum, part) => sum + part.blob.sizeBytes, 0),
    etag: multipartEtag(parts.map((part) => part.etag)),
    modifiedMs,
    headers: upload.headers,
    uploadId: upload.id,
    ...(checksum === undefined ? {} : { checksum }),
  };
};

/** A client that did not hear the first answer asks again: the object is there, so it gets the same answer. */
const findCompleted = (
  store: ObjectStore,
  request: SignedRequest,
  parts: readonly RequestedPart[],
): StoredObject | undefined => {
  const object = store.bucket(request.bucket).objects.get(request.key);
  const isOfThisUpload = object?.uploadId !== undefined && object.uploadId === request.query.get('uploadId');
  if (!isOfThisUpload) return undefined;
  return parts.every((part) => /^[0-9a-f]{32}$/.test(part.etag)) &&
    object.etag === multipartEtag(parts.map((part) => part.etag))
    ? object
    : undefined;
};

const completedReply = ({ bucket, key }: SignedRequest, object: StoredObject) => {
  const { checksum } = object;
  const fields = [
    textElement('Location', `/${bucket}/${key}`),
    textElement('Bucket', bucket),
    textElement('Key', key),
    textElement('ETag', quotedEtag(object.etag)),
    checksum === undefined ? '' : textElement(checksumElement(checksum.algorithm), checksum.value),
    textElement('ChecksumType', checksum?.type),
  ];
  return xmlReply(xmlDocument('CompleteMultipartUploadResult', ...fields));
};

/** CompleteMultipartUpload: the parts become the object in one step, without copying; parts left out go. */
export const completeMultipartUpload: S3Operation = async ({ store, now }, request) => {
  const { bucket, headers, key } = request;
  store.bucket(bucket);
  const requested = requestedParts(await readXmlBody(request, 'CompleteMultipartUpload', 'checksum-of-object'));
  const completed = findCompleted(store, request, requested);
  if (completed !== undefined) return completedReply(request, completed);
  const objects: StoredObject[] = [];
  // Not left to the commit, behind which all others would wait.
  await store.blobs.sync([...uploadOf(store, request).parts.values()].map((part) => part.blob));
  await store.commit(() => {
    const upload = uploadOf(store, request);
    const object = assemble(upload, chosenParts(upload, requested), now());
    checkWhole(object, headers);
    checkWriteConditions(headers, store.bucket(bucket).objects.get(key));
    objects.push(object);
    return [{ kind: 'put', bucket, object }];
  });
  const [object] = objects;
  if (object === undefined) throw noSuchUpload();
  return completedReply(request, object);
};
