import type { PayloadMode } from '../auth/payload-mode.ts';
import { S3Error } from '../s3-error.ts';
import type { S3Request } from '../s3-request.ts';
import {
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
  checksumAlgorithmOf,
  checksumHeader,
  createChecksum,
  decodeBase64,
} from './checksum.ts';

/** What the head of a request promises about its body. */
export type BodyPlan = {
  /** Without the aws-chunked framing. */
  readonly sizeBytes: number;
  readonly payload: PayloadMode;
  readonly md5?: Buffer;
  /** Whether the ETag is to be the MD5 of the bytes. */
  readonly wantsMd5: boolean;
  /** `value` is absent when it comes in the trailer. */
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value?: string };
};

const NOT_VALUES = ['x-amz-checksum-algorithm', 'x-amz-checksum-mode', 'x-amz-checksum-type'];

const invalidChecksum = (header: string): S3Error =>
  new S3Error('InvalidRequest', `Value for ${header} header is invalid.`);

/** The bytes of a checksum as long as its algorithm asks; 400 InvalidRequest for another text. */
export const checkedChecksum = (algorithm: ChecksumAlgorithm, value: string): string => {
  const size = createChecksum(algorithm).digest().length;
  if (decodeBase64(value, size) === undefined) throw invalidChecksum(checksumHeader(algorithm));
  return value;
};

const trailerAlgorithm = (headers: S3Request['headers']): ChecksumAlgorithm | undefined => {
  const names = (headers['x-amz-trailer'] ?? '').split(',').map((name) => name.trim().toLowerCase());
  return CHECKSUM_ALGORITHMS.find((algorithm) => names.includes(checksumHeader(algorithm)));
};

const planChecksum = (headers: S3Request['headers']): BodyPlan['checksum'] => {
  const given = Object.keys(headers).filter((name) => name.startsWith('x-amz-checksum-') && !NOT_VALUES.includes(name));
  const trailer = trailerAlgorithm(headers);
  if (given.length + (trailer === undefined ? 0 : 1) > 1) {
    throw new S3Error(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  }
  const [header] = given;
  if (header !== undefined) {
    const algorithm = checksumAlgorithmOf(header.slice('x-amz-checksum-'.length));
    return { algorithm, value: checkedChecksum(algorithm, headers[header] ?? '') };
  }
  if (trailer !== undefined) return { algorithm: trailer };
  if (headers['x-amz-sdk-checksum-algorithm'] === undefined) return undefined;
  throw new S3Error(
    'InvalidRequest',
    'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
  );
};

const planMd5 = (headers: S3Request['headers']): Buffer | undefined => {
  const text = headers['content-md5'];
  if (text === undefined) return undefined;
  const md5 = decodeBase64(text, 16);
  if (md5 === undefined) throw new S3Error('InvalidDigest', 'The Content-MD5 you specified was invalid.');
  return md5;
};

const planSize = (headers: S3Request['headers'], payload: PayloadMode): number => {
  const isFramed = payload.kind === 'chunked';
  const decoded = headers['x-amz-decoded-content-length'];
  const hasFrameHeaders = decoded !== undefined || (headers['content-encoding'] ?? '').includes('aws-chunked');
  if (hasFrameHeaders && !isFramed) {
    // Taken as a plain body, the framing would become part of the user's file.
    throw new S3Error('InvalidRequest', 'aws-chunked content needs a STREAMING-* value of x-amz-content-sha256.');
  }
  const text = isFramed ? decoded : headers['content-length'];
  if (text === undefined || !/^\d{1,15}$/.test(text)) {
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  return Number(text);
};

/** Reads size, framing and promised digests of a body from the headers; 411 when the size is not told, 400 when a digest is no digest. */
export const planBody = (headers: S3Request['headers'], payload: PayloadMode): BodyPlan => {
  const md5 = planMd5(headers);
  return {
    sizeBytes: planSize(headers, payload),
    payload,
    md5,
    // Who signs no digest reads none; half of an upload's time went into it. S3's ETag is no MD5 either under a KMS key.
    wantsMd5: md5 !== undefined || payload.kind !== 'unsigned',
    checksum: planChecksum(headers),
  };
};
