import { S3ServiceException } from '@aws-sdk/client-s3';
import { MlflowError } from '../domain/errors.ts';

/** An error of S3 that outlived the SDK's retries, in the words of the wire. Other errors pass through. */
export function toMlflowError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof MlflowError) return error;
  const isPassing = error instanceof S3ServiceException && (error.$fault === 'server' || error.name === 'SlowDown');
  if (!isPassing && error.name !== 'TimeoutError') return error;
  return new MlflowError('TEMPORARILY_UNAVAILABLE', 'The artifact store does not answer; try again shortly.', {
    cause: error,
  });
}
