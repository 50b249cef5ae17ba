import { S3Client } from '@aws-sdk/client-s3';
import { meterS3 } from '../artifacts/meter-s3.ts';
import type { Meter } from '../platform/meter.ts';
import type { Connections } from './connections.ts';

/** Beyond the SDK's default of 3: throttling and passing errors are carried over by the SDK's own jittered backoff. */
const MAX_ATTEMPTS = 8;

/** A client of S3, metered when there is a meter. */
export function connectS3(connection: Connections['s3'], meter: Meter | undefined): S3Client {
  const s3 = new S3Client({
    maxAttempts: MAX_ATTEMPTS,
    // With a stream the SDK would wrap the body in chunks to add a checksum at its end.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    ...connection,
  });
  if (meter) meterS3(s3, meter.record);
  return s3;
}
