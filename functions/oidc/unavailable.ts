import { MlflowError } from '../domain/errors.ts';

/** The provider does not answer, or not as one does. */
export const unavailable = (cause: unknown): MlflowError =>
  cause instanceof MlflowError
    ? cause
    : new MlflowError('TEMPORARILY_UNAVAILABLE', 'The OpenID provider of this server cannot be reached.', { cause });
