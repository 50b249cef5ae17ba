import { readXmlBody } from '../body/read-xml-body.ts';
import { checkWriteConditions } from '../rules/conditions.ts';
import { S3Error } from '../s3-error.ts';
import type { S3Operation } from '../s3-operation.ts';
import { emptyReply, xmlReply } from '../s3-reply.ts';
import { checkKeyLength } from '../s3-request.ts';
import { childrenOf, textOf, type XmlElement } from '../wire/parse-xml.ts';
import { element, textElement, xmlDocument } from '../wire/write-xml.ts';

const MAX_KEYS = 1000;

/** DeleteObject: 204 whether there was something or not. */
export const deleteObject: S3Operation = async ({ store }, { bucket, headers, key }) => {
  await store.commit(() => {
    const existing = store.bucket(bucket).objects.get(key);
    checkWriteConditions(headers, existing);
    return existing === undefined ? [] : [{ kind: 'delete', bucket, key }];
  });
  return emptyReply(204);
};

const keysOf = (root: XmlElement): readonly string[] => {
  const keys = childrenOf(root, 'Object').map((object) => textOf(object, 'Key') ?? '');
  if (keys.length === 0 || keys.length > MAX_KEYS || keys.includes('')) {
    throw new S3Error(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
  for (const key of keys) checkKeyLength(key);
  return keys;
};

/** DeleteObjects: up to 1,000 keys, gone together. */
export const deleteObjects: S3Operation = async ({ store }, request) => {
  const { bucket, headers } = request;
  const hasDigest = Object.keys(headers).some((name) => name === 'content-md5' || name.startsWith('x-amz-checksum-'));
  if (!hasDigest) {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  }
  store.bucket(bucket);
  const root = await readXmlBody(request, 'Delete');
  const keys = keysOf(root);
  await store.commit(() => {
    const { objects } = store.bucket(bucket);
    return keys
      .filter((key) => objects.get(key) !== undefined)
      .map((key) => ({ kind: 'delete', bucket, key }) as const);
  });
  const isQuiet = textOf(root, 'Quiet')?.trim() === 'true';
  const deleted = isQuiet ? [] : keys.map((key) => element('Deleted', textElement('Key', key)));
  return xmlReply(xmlDocument('DeleteResult', ...deleted));
};
