import { S3Error } from '../s3-error.ts';

/** Signs the chunks of a body one after the other, starting from the signature of the request. */
export type ChunkSigning = {
  readonly signingKey: Buffer;
  readonly seedSignature: string;
  readonly amzDate: string;
  readonly scope: string;
};

/** How the signature covers the body (header `x-amz-content-sha256`). */
export type PayloadMode =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'sha256'; readonly hex: string }
  | { readonly kind: 'chunked'; readonly signing?: ChunkSigning };

/** The mode that a payload hash names; 400 for one that S3 does not know. */
export const payloadModeOf = (payloadHash: string, signing: ChunkSigning): PayloadMode => {
  switch (payloadHash) {
    case 'UNSIGNED-PAYLOAD':
      return { kind: 'unsigned' };
    case 'STREAMING-UNSIGNED-PAYLOAD-TRAILER':
      return { kind: 'chunked' };
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD':
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER':
      return { kind: 'chunked', signing };
  }
  if (/^[0-9a-f]{64}$/i.test(payloadHash)) return { kind: 'sha256', hex: payloadHash.toLowerCase() };
  throw new S3Error(
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
  );
};
