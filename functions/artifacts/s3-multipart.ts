import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  NotFound,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { doesNotExist, invalidParameter } from '../domain/errors.ts';
import type { UploadedPart } from './artifact-links.ts';

interface Target {
  readonly Bucket: string;
  readonly Key: string;
}

interface Upload extends Target {
  readonly UploadId: string;
}

/** Starts an upload in parts and gives its id. */
export async function startMultipart(client: S3Client, target: Target): Promise<string> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
  if (UploadId === undefined) throw new Error('S3 started an upload without telling its id');
  return UploadId;
}

/** Makes the object of its parts, each of which S3 holds against the tag that it gave out for it. */
export async function completeMultipart(
  client: S3Client,
  upload: Upload,
  parts: readonly UploadedPart[],
): Promise<void> {
  const Parts = parts.map(({ partNumber, etag }) => ({ PartNumber: partNumber, ETag: etag }));
  try {
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
  } catch (error) {
    if (isNamed(error, 'NoSuchUpload')) {
      if (await isMadeOf(client, upload, parts)) return;
      throw doesNotExist(`No such multipart upload: '${upload.UploadId}'`);
    }
    const why = REFUSALS.find(([name]) => isNamed(error, name))?.[1];
    throw why === undefined ? error : invalidParameter(why, error);
  }
}

/** Ends an upload and drops its parts; none is no error, for a client aborts whatever went wrong, even twice. */
export async function abortMultipart(client: S3Client, upload: Upload): Promise<void> {
  try {
    await client.send(new AbortMultipartUploadCommand(upload));
  } catch (error) {
    if (!isNamed(error, 'NoSuchUpload')) throw error;
  }
}

const isNamed = (error: unknown, name: string): boolean => error instanceof S3ServiceException && error.name === name;

/** What S3 refuses because of what the client sent, in words that help it. */
const REFUSALS: readonly (readonly [name: string, why: string])[] = [
  ['InvalidPart', 'Invalid parts: at least one was not uploaded, or has another etag than the upload of it answered.'],
  ['InvalidPartOrder', 'Invalid parts: they must come in ascending order of part_number.'],
  [
    'EntityTooSmall',
    'Invalid parts: each but the last must have at least 5 MiB; set MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE to 5242880 or more.',
  ],
  ['EntityTooLarge', 'Invalid parts: together they are larger than an object of S3 can be.'],
  ['MalformedXML', 'Invalid parts: S3 cannot read their part_number or etag.'],
  ['InvalidArgument', 'Invalid multipart upload: S3 cannot read its upload_id, part_number or etag.'],
];

/**
 * Whether the object is the one that these parts make, because their upload was completed before and the client never
 * heard of it. S3 makes the tag of such an object of the MD5 sums that are the tags of its parts.
 */
async function isMadeOf(client: S3Client, { Bucket, Key }: Upload, parts: readonly UploadedPart[]): Promise<boolean> {
  const sums = parts.map(({ etag }) => etag.replaceAll('"', ''));
  if (!sums.every((sum) => /^[0-9a-f]{32}$/i.test(sum))) return false;
  const etag = createHash('md5')
    .update(Buffer.from(sums.join(''), 'hex'))
    .digest('hex');
  try {
    const { ETag = '' } = await client.send(new HeadObjectCommand({ Bucket, Key }));
    return ETag.replaceAll('"', '') === `${etag}-${parts.length}`;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}
