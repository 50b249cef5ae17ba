import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { translateErrors } from '../store/translate-errors.ts';
import { keyOf } from './artifact-key.ts';
import type { ArtifactLinks, UploadLink } from './artifact-links.ts';
import { presignParts } from './presign-parts.ts';
import { putTargetOf } from './put-target.ts';
import { toMlflowError } from './s3-failures.ts';
import { abortMultipart, completeMultipart, startMultipart } from './s3-multipart.ts';

interface S3ArtifactLinksProps {
  /** Sends what we ask of S3 ourselves. */
  readonly client: S3Client;
  /**
   * Signs for the endpoint at which the caller reaches S3, and sends nothing. Its checksums must be WHEN_REQUIRED, or
   * the SDK puts the checksum of the empty body that it signs with into the URL.
   */
  readonly signer: S3Client;
  readonly bucket: string;
}

const CHECKSUM_HEADER = 'x-amz-checksum-sha256';

const checksumHeaders = (checksumSha256: string | undefined): UploadLink['headers'] =>
  checksumSha256 === undefined ? {} : { [CHECKSUM_HEADER]: checksumSha256 };

/** Presigned work in one S3 bucket. */
export function createS3ArtifactLinks({ client, signer, bucket }: S3ArtifactLinksProps): ArtifactLinks {
  const targetOf = (path: string) => ({ Bucket: bucket, Key: keyOf(path) });
  const verbs: ArtifactLinks = {
    download: async (path, { contentType, contentDisposition }, expiresIn) => {
      const overrides = { ResponseContentType: contentType, ResponseContentDisposition: contentDisposition };
      return getSignedUrl(signer, new GetObjectCommand({ ...targetOf(path), ...overrides }), { expiresIn });
    },
    upload: async (path, expiresIn, checksumSha256) => {
      const command = new PutObjectCommand({ ...targetOf(path), ChecksumSHA256: checksumSha256 });
      // As a header of the request, which S3 holds the body against, and not in the query.
      const url = await getSignedUrl(signer, command, { expiresIn, unhoistableHeaders: new Set([CHECKSUM_HEADER]) });
      return { url, headers: checksumHeaders(checksumSha256) };
    },
    startMultipart: async (path) => startMultipart(client, putTargetOf(bucket, path)),
    partUrls: async (path, UploadId, count) => presignParts(signer, { ...targetOf(path), UploadId }, count),
    completeMultipart: async (path, UploadId, parts) =>
      completeMultipart(client, { ...targetOf(path), UploadId }, parts),
    abortMultipart: async (path, UploadId) => abortMultipart(client, { ...targetOf(path), UploadId }),
  };
  return translateErrors(verbs, toMlflowError);
}
