import { errors } from 'jose';

/** A signed text that is no token of a user, such as a notice of a sign-out. */
export class WrongType extends Error {
  override readonly name = 'WrongType';
}

/** Why a token of the provider is not good; undefined when its keys could not be had. */
export function reasonOfToken(error: unknown): string | undefined {
  if (error instanceof WrongType) return 'The token is not of a kind that signs in.';
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `The token is not for this server, or not yet: see its claim ${wordOf(error.claim)}.`;
  }
  return isOfToken(error) ? 'The token is not valid.' : undefined;
}

/** The token itself is at fault, and not the way to the keys. */
export const isOfToken = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout) &&
  !(error instanceof errors.JWKSInvalid) &&
  error.code !== errors.JOSEError.code;

/** An error code of the provider as far as it is one: it goes into a page. */
export const wordOf = (code: string): string => code.replace(/[^\w.-]/g, '').slice(0, 60);
