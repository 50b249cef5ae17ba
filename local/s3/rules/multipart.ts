import { createHash } from 'node:crypto';
import { type Checksum, type ChecksumAlgorithm, type ChecksumType, createChecksum } from '../body/checksum.ts';
import { combineCrc } from '../body/combine-crc.ts';
import type { StoredPart, UploadHead } from '../disk/state.ts';
import { S3Error } from '../s3-error.ts';

/** S3 user guide: "Amazon S3 multipart upload limits". */
export const MIN_PART_BYTES = 5 * 1024 * 1024;
export const MAX_PART_NUMBER = 10_000;
export const MAX_PUT_BYTES = 5 * 1024 ** 3;

/** The part number of a query; 400 InvalidArgument outside 1..10,000. */
export const parsePartNumber = (text: string): number => {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= MAX_PART_NUMBER) return number;
  throw new S3Error('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
};

/** MD5 of the parts' MD5s, then how many. */
export const multipartEtag = (etags: readonly string[]): string => {
  const hash = createHash('md5');
  for (const etag of etags) hash.update(etag, 'hex');
  return `${hash.digest('hex')}-${etags.length}`;
};

/** How an algorithm's checksum of the whole is made, when the upload does not say (S3 user guide: "Checking object integrity"). */
export const checksumTypeOf = (algorithm: ChecksumAlgorithm, requested: string | undefined): ChecksumType => {
  const isComposite = requested === undefined ? algorithm !== 'CRC64NVME' : requested === 'COMPOSITE';
  const isAllowed =
    (requested === undefined || requested === 'COMPOSITE' || requested === 'FULL_OBJECT') &&
    (isComposite ? algorithm !== 'CRC64NVME' : algorithm !== 'SHA1' && algorithm !== 'SHA256');
  if (isAllowed) return isComposite ? 'COMPOSITE' : 'FULL_OBJECT';
  throw new S3Error(
    'InvalidRequest',
    `The ${requested} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
  );
};

const compositeChecksum = (algorithm: ChecksumAlgorithm, values: readonly Buffer[]): string => {
  const digest = createChecksum(algorithm);
  for (const value of values) digest.update(value);
  return `${digest.digest().toString('base64')}-${values.length}`;
};

const fullChecksum = (
  algorithm: ChecksumAlgorithm,
  values: readonly Buffer[],
  parts: readonly StoredPart[],
): string => {
  if (algorithm === 'SHA1' || algorithm === 'SHA256')
    throw new Error(`${algorithm} cannot be combined: refused when the upload was started`);
  const whole = values.reduce((sum, crc, index) =>
    combineCrc(algorithm, sum, { crc, sizeBytes: parts[index]?.blob.sizeBytes ?? 0 }),
  );
  return whole.toString('base64');
};

/** The checksum of the whole object from those of its parts, if the upload asked for one. */
export const checksumOfParts = (upload: UploadHead, parts: readonly StoredPart[]): Checksum | undefined => {
  if (upload.checksum === undefined) return undefined;
  const { algorithm, type } = upload.checksum;
  const values = parts.map((part) => Buffer.from(part.checksum ?? '', 'base64'));
  const value = type === 'COMPOSITE' ? compositeChecksum(algorithm, values) : fullChecksum(algorithm, values, parts);
  return { algorithm, type, value };
};
