import { errors } from 'jose';
import {
  AuthorizationResponseError,
  OperationProcessingError,
  ResponseBodyError,
  UnsupportedOperationError,
} from 'oauth4webapi';
import { MlflowError } from '../domain/errors.ts';

/** The provider does not answer, or not as one does. */
export const unavailable = (cause: unknown): MlflowError =>
  cause instanceof MlflowError
    ? cause
    : new MlflowError('TEMPORARILY_UNAVAILABLE', 'The OpenID provider of this server cannot be reached.', { cause });

/** Why a sign-in in the browser was refused, in words for whoever tries; undefined when the provider failed. */
export function reasonOfFlow(error: unknown): string | undefined {
  if (error instanceof AuthorizationResponseError) return `The provider did not sign you in (${wordOf(error.error)}).`;
  if (error instanceof ResponseBodyError) {
    return error.status < 500 ? `The provider did not accept this sign-in (${wordOf(error.error)}).` : undefined;
  }
  const isStrange = error instanceof OperationProcessingError && !isOfTransport(error);
  if (isStrange || error instanceof UnsupportedOperationError || isOfToken(error)) {
    return 'What came back from the provider does not belong to this sign-in. Please try again.';
  }
  return undefined;
}

/** Why a token of the provider is not good; undefined when its keys could not be had. */
export function reasonOfToken(error: unknown): string | undefined {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `The token is not for this server, or not yet: see its claim ${wordOf(error.claim)}.`;
  }
  return isOfToken(error) ? 'The token is not valid.' : undefined;
}

/** A status, or no JSON: the provider, or something in front of it, has trouble. */
const isOfTransport = ({ code }: OperationProcessingError): boolean =>
  code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' || code === 'OAUTH_RESPONSE_IS_NOT_JSON' || code === 'OAUTH_PARSE_ERROR';

/** The token itself is at fault, and not the way to the keys. */
const isOfToken = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout) &&
  !(error instanceof errors.JWKSInvalid) &&
  error.code !== errors.JOSEError.code;

/** An error code of the provider as far as it is one: it goes into a page. */
const wordOf = (code: string): string => code.replace(/[^\w.-]/g, '').slice(0, 60);
