import { toByteOrder } from '../disk/byte-order.ts';
import type { Upload } from '../disk/state.ts';
import type { S3Operation } from '../s3-operation.ts';
import { xmlReply } from '../s3-reply.ts';
import { element, textElement, xmlDocument } from '../wire/write-xml.ts';
import { nameEncoder, parsePageSize } from './list-parameters.ts';

type Row = { readonly bytes: string; readonly upload: Upload };
type Item = Row | { readonly commonPrefix: string };

// Uploads of one key come oldest first: their ids start with the time.
const compareRows = (a: Row, b: Row): number => {
  if (a.bytes !== b.bytes) return a.bytes < b.bytes ? -1 : 1;
  return a.upload.id < b.upload.id ? -1 : 1;
};

/** Behind the marker: a later key, or with an upload id marker a later upload of the same key. */
const isBehind = ({ bytes, upload }: Row, keyMarker: string, idMarker: string): boolean => {
  const marker = toByteOrder(keyMarker);
  return bytes > marker || (bytes === marker && idMarker !== '' && upload.id > idMarker);
};

/** Uploads below a common prefix show as that prefix, once. */
const rollUp = (rows: readonly Row[], { prefix, delimiter, keyMarker }: Readonly<Record<string, string>>): Item[] => {
  if (delimiter === undefined || delimiter === '') return [...rows];
  const items: Item[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const { key } = row.upload;
    const end = key.indexOf(delimiter, prefix?.length ?? 0);
    const commonPrefix = end < 0 ? undefined : key.slice(0, end + delimiter.length);
    if (commonPrefix === undefined) items.push(row);
    else if (!seen.has(commonPrefix) && toByteOrder(commonPrefix) > toByteOrder(keyMarker ?? ''))
      items.push({ commonPrefix });
    if (commonPrefix !== undefined) seen.add(commonPrefix);
  }
  return items;
};

const itemElement = (item: Item, encode: (name: string) => string): string =>
  'commonPrefix' in item
    ? element('CommonPrefixes', textElement('Prefix', encode(item.commonPrefix)))
    : element(
        'Upload',
        textElement('Key', encode(item.upload.key)),
        textElement('UploadId', item.upload.id),
        textElement('StorageClass', 'STANDARD'),
        textElement('Initiated', new Date(item.upload.startedMs).toISOString()),
        textElement('ChecksumAlgorithm', item.upload.checksum?.algorithm),
        textElement('ChecksumType', item.upload.checksum?.type),
      );

const nameOf = (item: Item): string => ('commonPrefix' in item ? item.commonPrefix : item.upload.key);

const idOf = (item: Item): string => ('commonPrefix' in item ? '' : item.upload.id);

/** ListMultipartUploads: by key, then by age. */
export const listMultipartUploads: S3Operation = async ({ store }, { bucket, query }) => {
  const { uploads } = store.bucket(bucket);
  const encode = nameEncoder(query);
  const limit = parsePageSize(query, 'max-uploads');
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = query.get('upload-id-marker') ?? '';
  const rows = [...uploads.values()]
    .filter((upload) => upload.key.startsWith(prefix))
    .map((upload) => ({ bytes: toByteOrder(upload.key), upload }))
    .filter((row) => keyMarker === '' || isBehind(row, keyMarker, idMarker))
    .sort(compareRows);
  const items = rollUp(rows, { prefix, delimiter, keyMarker });
  const page = items.slice(0, limit);
  const last = page.at(-1);
  const isTruncated = limit > 0 && items.length > limit;
  const next =
    isTruncated && last !== undefined
      ? [textElement('NextKeyMarker', encode(nameOf(last))), textElement('NextUploadIdMarker', idOf(last))]
      : [];
  const fields = [
    textElement('Bucket', bucket),
    textElement('KeyMarker', encode(keyMarker)),
    textElement('UploadIdMarker', idMarker),
    ...next,
    textElement('Prefix', encode(prefix)),
    textElement('Delimiter', delimiter === '' ? undefined : encode(delimiter)),
    textElement('EncodingType', query.get('encoding-type') || undefined),
    textElement('MaxUploads', limit),
    textElement('IsTruncated', isTruncated),
    ...page.map((item) => itemElement(item, encode)),
  ];
  return xmlReply(xmlDocument('ListMultipartUploadsResult', ...fields));
};
