import { type ListPage, type ListQuery, listPage } from '../disk/list-page.ts';
import type { Bucket, StoredObject } from '../disk/state.ts';
import { quotedEtag } from '../rules/object-headers.ts';
import { S3Error } from '../s3-error.ts';
import type { S3Operation, SignedRequest } from '../s3-operation.ts';
import { xmlReply } from '../s3-reply.ts';
import { element, textElement, xmlDocument } from '../wire/write-xml.ts';
import { nameEncoder, parsePageSize } from './list-parameters.ts';

type Encode = (name: string) => string;

const parseQuery = (query: URLSearchParams, after: string | null): ListQuery => ({
  prefix: query.get('prefix') ?? '',
  delimiter: query.get('delimiter') ?? '',
  ...(after === null || after === '' ? {} : { after }),
  limit: parsePageSize(query, 'max-keys'),
});

const contents = (object: StoredObject, encode: Encode): string =>
  element(
    'Contents',
    textElement('Key', encode(object.key)),
    textElement('LastModified', new Date(object.modifiedMs).toISOString()),
    textElement('ETag', quotedEtag(object.etag)),
    textElement('ChecksumAlgorithm', object.checksum?.algorithm),
    textElement('ChecksumType', object.checksum?.type),
    textElement('Size', object.sizeBytes),
    textElement('StorageClass', 'STANDARD'),
  );

const pageElements = ({ objects }: Bucket, page: ListPage, encode: Encode): string[] =>
  page.items.map(({ kind, name }) => {
    if (kind === 'prefix') return element('CommonPrefixes', textElement('Prefix', encode(name)));
    const object = objects.get(name);
    return object === undefined ? '' : contents(object, encode);
  });

const echo = (request: SignedRequest, { prefix, delimiter, limit }: ListQuery, encode: Encode): string[] => [
  textElement('Name', request.bucket),
  textElement('Prefix', encode(prefix)),
  textElement('Delimiter', delimiter === '' ? undefined : encode(delimiter)),
  textElement('MaxKeys', limit),
  textElement('EncodingType', request.query.get('encoding-type') || undefined),
];

const encodeToken = (after: string): string => Buffer.from(after).toString('base64url');

const decodeToken = (token: string): string => {
  const after = Buffer.from(token, 'base64url').toString('utf8');
  if (token !== '' && encodeToken(after) === token) return after;
  throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect');
};

/** ListObjectsV2: UTF-8 order, common prefixes counted as keys; the token says where the page ended. */
export const listObjectsV2: S3Operation = async ({ store }, request) => {
  const { query } = request;
  const bucket = store.bucket(request.bucket);
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after');
  const listQuery = parseQuery(query, token === null ? startAfter : decodeToken(token));
  const encode = nameEncoder(query);
  const page = listPage(bucket.objects.sortedBytes(), listQuery);
  const elements = [
    ...echo(request, listQuery, encode),
    textElement('StartAfter', startAfter === null ? undefined : encode(startAfter)),
    textElement('ContinuationToken', token ?? undefined),
    textElement('KeyCount', page.items.length),
    textElement('IsTruncated', page.next !== undefined),
    textElement('NextContinuationToken', page.next === undefined ? undefined : encodeToken(page.next)),
    ...pageElements(bucket, page, encode),
  ];
  return xmlReply(xmlDocument('ListBucketResult', ...elements));
};

/** ListObjects, the first version: the same page, with markers. */
export const listObjectsV1: S3Operation = async ({ store }, request) => {
  const { query } = request;
  const bucket = store.bucket(request.bucket);
  const marker = query.get('marker');
  const listQuery = parseQuery(query, marker);
  const encode = nameEncoder(query);
  const page = listPage(bucket.objects.sortedBytes(), listQuery);
  const elements = [
    ...echo(request, listQuery, encode),
    textElement('Marker', encode(marker ?? '')),
    textElement('IsTruncated', page.next !== undefined),
    textElement('NextMarker', page.next === undefined ? undefined : encode(page.next)),
    ...pageElements(bucket, page, encode),
  ];
  return xmlReply(xmlDocument('ListBucketResult', ...elements));
};
