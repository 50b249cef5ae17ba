import {
  AuthorizationResponseError,
  OperationProcessingError,
  ResponseBodyError,
  UnsupportedOperationError,
} from 'oauth4webapi';
import { isOfToken, WrongType, wordOf } from './token-failures.ts';

/** Why a sign-in in the browser was refused, in words for whoever tries; undefined when the provider failed. */
export function reasonOfFlow(error: unknown): string | undefined {
  if (error instanceof WrongType) return 'The token is not of a kind that signs in.';
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

/** A status, or no JSON: the provider, or something in front of it, has trouble. */
const isOfTransport = ({ code }: OperationProcessingError): boolean =>
  code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' || code === 'OAUTH_RESPONSE_IS_NOT_JSON' || code === 'OAUTH_PARSE_ERROR';
