import { checksumElement } from '../body/checksum.ts';
import type { StoredPart, Upload } from '../disk/state.ts';
import { quotedEtag } from '../rules/object-headers.ts';
import { S3Error } from '../s3-error.ts';
import type { S3Operation } from '../s3-operation.ts';
import { xmlReply } from '../s3-reply.ts';
import { element, textElement, xmlDocument } from '../wire/write-xml.ts';
import { nameEncoder, parsePageSize } from './list-parameters.ts';
import { uploadOf } from './multipart-upload.ts';

const parseMarker = (text: string): number => {
  if (/^\d{0,9}$/.test(text)) return Number(text);
  throw new S3Error('InvalidArgument', 'Argument part-number-marker must be an integer between 0 and 2147483647');
};

const partElement = (part: StoredPart, { checksum }: Upload): string =>
  element(
    'Part',
    textElement('PartNumber', part.partNumber),
    textElement('LastModified', new Date(part.modifiedMs).toISOString()),
    textElement('ETag', quotedEtag(part.etag)),
    textElement('Size', part.blob.sizeBytes),
    checksum === undefined ? '' : textElement(checksumElement(checksum.algorithm), part.checksum),
  );

/** ListParts, by part number. */
export const listParts: S3Operation = async ({ store }, request) => {
  const { bucket, key, query } = request;
  const upload = uploadOf(store, request);
  const marker = parseMarker(query.get('part-number-marker') ?? '');
  const limit = parsePageSize(query, 'max-parts');
  const rest = [...upload.parts.values()]
    .filter((part) => part.partNumber > marker)
    .sort((a, b) => a.partNumber - b.partNumber);
  const page = rest.slice(0, limit);
  const fields = [
    textElement('Bucket', bucket),
    textElement('Key', nameEncoder(query)(key)),
    textElement('UploadId', upload.id),
    textElement('PartNumberMarker', marker),
    textElement('NextPartNumberMarker', page.at(-1)?.partNumber),
    textElement('MaxParts', limit),
    textElement('IsTruncated', limit > 0 && rest.length > limit),
    textElement('ChecksumAlgorithm', upload.checksum?.algorithm),
    textElement('ChecksumType', upload.checksum?.type),
    textElement('StorageClass', 'STANDARD'),
    ...page.map((part) => partElement(part, upload)),
  ];
  return xmlReply(xmlDocument('ListPartsResult', ...fields));
};
