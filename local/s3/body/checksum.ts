import { createHash } from 'node:crypto';
import { S3Error } from '../s3-error.ts';
import { createCrc32, createCrc32c, createCrc64Nvme, type Digest } from './crc.ts';

/** The checksum algorithms of S3 that this server computes. */
export const CHECKSUM_ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;

export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** FULL_OBJECT is over the bytes; COMPOSITE is over the checksums of the parts, written with `-<parts>`. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

/** A stored checksum, base64 as on the wire. */
export type Checksum = { readonly algorithm: ChecksumAlgorithm; readonly type: ChecksumType; readonly value: string };

/** `x-amz-checksum-crc32` and so on. */
export const checksumHeader = (algorithm: ChecksumAlgorithm): string => `x-amz-checksum-${algorithm.toLowerCase()}`;

/** `ChecksumCRC32` and so on. */
export const checksumElement = (algorithm: ChecksumAlgorithm): string => `Checksum${algorithm}`;

/** The algorithm of that name in any case; 400 InvalidRequest for one that is not computed here. */
export const checksumAlgorithmOf = (name: string): ChecksumAlgorithm => {
  const found = CHECKSUM_ALGORITHMS.find((algorithm) => algorithm === name.toUpperCase());
  if (found !== undefined) return found;
  throw new S3Error(
    'InvalidRequest',
    `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${CHECKSUM_ALGORITHMS.join(', ')}]`,
  );
};

const hashDigest = (name: 'md5' | 'sha1' | 'sha256'): Digest => {
  const hash = createHash(name);
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
};

/** MD5, for ETags and Content-MD5. */
export const createMd5 = (): Digest => hashDigest('md5');

/** SHA-256, for the signed payload. */
export const createSha256 = (): Digest => hashDigest('sha256');

/** A running checksum of that algorithm. */
export const createChecksum = (algorithm: ChecksumAlgorithm): Digest => {
  switch (algorithm) {
    case 'CRC32':
      return createCrc32();
    case 'CRC32C':
      return createCrc32c();
    case 'CRC64NVME':
      return createCrc64Nvme();
    case 'SHA1':
      return hashDigest('sha1');
    case 'SHA256':
      return createSha256();
    default:
      return algorithm satisfies never;
  }
};

/** The bytes of a base64 value of exactly that many bytes, or undefined. */
export const decodeBase64 = (text: string, sizeBytes: number): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === sizeBytes && bytes.toString('base64') === text ? bytes : undefined;
};
