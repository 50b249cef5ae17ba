import { invalidParameter } from '../../domain/errors.ts';

/** AWS: a presigned URL lives for a week at most. */
const MAX_EXPIRATION_SECONDS = 604_800;

/** A lifetime in seconds that S3 can sign for; throws INVALID_PARAMETER_VALUE for another (MLflow: _create_presigned_download_url). */
export function checkedExpiration(seconds: number | bigint): number {
  if (seconds >= 1 && seconds <= MAX_EXPIRATION_SECONDS) return Number(seconds);
  throw invalidParameter(`expiration must be between 1 and ${MAX_EXPIRATION_SECONDS} seconds (got ${seconds}).`);
}
