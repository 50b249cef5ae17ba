import { S3Error } from '../s3-error.ts';
import type { S3Request } from '../s3-request.ts';
import { type Claims, type Credential, readClaims } from './claims.ts';
import { type PayloadMode, payloadModeOf } from './payload-mode.ts';
import { deriveSigningKey, expectedSignature, isSameSignature, scopeOf } from './signature.ts';

const MAX_SKEW_MS = 15 * 60 * 1000;

/** The one pair of keys this server knows, the region it plays, and the clock (milliseconds since 1970). */
export type AuthPolicy = {
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region: string;
  readonly now: () => number;
};

const checkScope = (credential: Credential, amzDate: string, policy: AuthPolicy): void => {
  const refuse = (message: string): S3Error =>
    new S3Error('AuthorizationHeaderMalformed', `The authorization header is malformed; ${message}`);
  if (credential.region !== policy.region) {
    throw refuse(`the region '${credential.region}' is wrong; expecting '${policy.region}'`);
  }
  if (credential.service !== 's3')
    throw refuse(`incorrect service "${credential.service}". This endpoint belongs to "s3".`);
  if (credential.terminator !== 'aws4_request')
    throw refuse(`incorrect terminal "${credential.terminator}". This endpoint uses "aws4_request".`);
  if (credential.day !== amzDate.slice(0, 8))
    throw refuse(`Invalid credential date "${credential.day}". This date is not the same as X-Amz-Date.`);
};

const checkTime = (claims: Claims, nowMs: number): void => {
  if (claims.expiresSeconds === undefined) {
    if (Math.abs(nowMs - claims.signedAtMs) <= MAX_SKEW_MS) return;
    throw new S3Error(
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
    );
  }
  if (claims.signedAtMs > nowMs + MAX_SKEW_MS) throw new S3Error('AccessDenied', 'Request is not yet valid');
  if (nowMs > claims.signedAtMs + claims.expiresSeconds * 1000)
    throw new S3Error('AccessDenied', 'Request has expired');
};

const checkSignedHeaders = (request: S3Request, claims: Claims): void => {
  const mustBeSigned = (name: string): boolean => name === 'host' || name.startsWith('x-amz-');
  const unsigned = Object.keys(request.headers).filter(
    (name) => mustBeSigned(name) && !claims.signedHeaders.includes(name),
  );
  if (unsigned.length === 0) return;
  throw new S3Error(
    'AccessDenied',
    `There were headers present in the request which were not signed: ${unsigned.join(', ')}`,
  );
};

/**
 * Believes a request or throws: 403 AccessDenied (unsigned, expired), InvalidAccessKeyId, SignatureDoesNotMatch, RequestTimeTooSkewed,
 * 400 when the signature is not even readable. Returns how the body is covered.
 */
export const authenticate = (request: S3Request, policy: AuthPolicy): PayloadMode => {
  const claims = readClaims(request);
  if (!isSameSignature(policy.credentials.accessKeyId, claims.credential.accessKeyId)) {
    throw new S3Error('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
  }
  checkScope(claims.credential, claims.amzDate, policy);
  checkTime(claims, policy.now());
  checkSignedHeaders(request, claims);
  const signingKey = deriveSigningKey(policy.credentials.secretAccessKey, claims.credential);
  if (!isSameSignature(expectedSignature(request, claims, signingKey), claims.signature)) {
    throw new S3Error(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    );
  }
  const { amzDate, credential, payloadHash, signature } = claims;
  return payloadModeOf(payloadHash, { signingKey, seedSignature: signature, amzDate, scope: scopeOf(credential) });
};
