/** All artifacts lie below this prefix of the bucket. */
export const ARTIFACT_PREFIX = 'artifacts/';

/** Bytes of a key at most (S3 user guide: object keys). */
const MAX_KEY_BYTES = 1024;

/** Bytes of one PUT at most (S3 user guide: uploading objects). */
export const MAX_SINGLE_PUT_BYTES = 5 * 1024 * 1024 * 1024;

/**
 * The key of an artifact as it stands in a URL: every byte but RFC 3986's unreserved ones is %XX, and slashes stay. It is
 * the one spelling that Signature Version 4 of S3 and of CloudFront's origin access control agree on.
 */
export const encodeArtifactKey = (path: string): string =>
  encodeURIComponent(ARTIFACT_PREFIX + path)
    .replace(/[!'()*]/g, percentEncode)
    .split('%2F')
    .join('/');

const percentEncode = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;

/** Why S3 has no key for an artifact, from the size of its key in bytes; undefined when it has. */
export const keyFault = (sizeBytes: number): string | undefined =>
  sizeBytes <= MAX_KEY_BYTES
    ? undefined
    : `Invalid path: it takes ${sizeBytes} bytes; at most ${MAX_KEY_BYTES} are allowed.`;
