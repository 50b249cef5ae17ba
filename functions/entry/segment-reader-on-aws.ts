import type { Meter } from '../platform/meter.ts';
import { now, random, sleep } from '../platform/system.ts';
import { createS3SegmentReader } from '../store/archive/s3-segment-reader.ts';
import type { SegmentFiles } from '../store/archive/segment-files.ts';
import { bucketUrlOnAws, connectionTo } from './connections-on-aws.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The segments of a bucket, for a function that reads them and never writes one. Throws naming the variable that is missing. */
export function segmentReaderOnAws(env: Environment, bucketName: string, meter: Meter | undefined): SegmentFiles {
  const { region, credentials } = connectionTo('s3', undefined, env);
  const reader = createS3SegmentReader({
    bucketUrl: bucketUrlOnAws(bucketName, env),
    region,
    credentials,
    clock: now,
    sleep,
    random,
    onRequest: () => meter?.record({ s3Gets: 1 }),
  });
  return { ...reader, put: onlyReads, remove: onlyReads, listOlder: onlyReads };
}

function onlyReads(): never {
  throw new Error('this function reads segments and does nothing else with them');
}
