import { S3Error } from '../s3-error.ts';
import type { SignedRequest } from '../s3-operation.ts';
import { parseXml, type XmlElement } from '../wire/parse-xml.ts';
import { planBody } from './plan-body.ts';
import { VerifiedBody } from './verified-body.ts';

// 1,000 keys to delete or 10,000 parts to complete, at their longest, stay below.
const MAX_XML_BYTES = 8 * 1024 * 1024;

/** Whose digest a `x-amz-checksum-*` header is: CompleteMultipartUpload sends that of the whole object. */
type ChecksumSubject = 'checksum-of-body' | 'checksum-of-object';

/** The root element of a small XML body, its digests verified; 400 when it is too long or not that document. */
export const readXmlBody = async (
  request: SignedRequest,
  rootName: string,
  subject: ChecksumSubject = 'checksum-of-body',
): Promise<XmlElement> => {
  const isOwn = ([name]: readonly [string, string]): boolean =>
    subject === 'checksum-of-body' || !/^x-amz-(sdk-)?checksum-/.test(name);
  const headers = Object.fromEntries(Object.entries(request.headers).filter(isOwn));
  const plan = planBody(headers, request.payload);
  if (plan.sizeBytes > MAX_XML_BYTES) throw new S3Error('MaxMessageLengthExceeded', 'Your request was too big.');
  const pieces: Buffer[] = [];
  for await (const piece of new VerifiedBody(request.body, plan).chunks()) pieces.push(piece);
  return parseXml(Buffer.concat(pieces).toString('utf8'), rootName);
};
