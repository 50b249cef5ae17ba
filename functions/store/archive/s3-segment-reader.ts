import { MlflowError } from '../../domain/errors.ts';
import { authorizationOf, type Credentials, sha256, timestampOf } from '../dynamo/client/authorization.ts';
import { createHttpExchange, type HttpBytes } from '../dynamo/client/http-exchange.ts';
import { SegmentCorrupt } from '../segments/segment-corrupt.ts';
import { SEGMENTS_ROOT, type SegmentFiles } from './segment-files.ts';

export interface SegmentReaderProps {
  /** Where the bucket's objects are, such as `https://bucket.s3.eu-west-1.amazonaws.com/`. */
  readonly bucketUrl: string;
  readonly region: string;
  readonly credentials: () => Credentials;
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  /** Hears of each request, those that are sent again included. */
  readonly onRequest: () => void;
}

const TIMEOUT_MS = 5_000;
const GIVE_UP_AFTER_MS = 20_000;
const MAX_ATTEMPTS = 8;
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 2_000;
const PARTIAL_CONTENT = 206;
const NOTHING = sha256('');
/** Refusals that pass: S3 waited in vain, or Lambda froze the process between signing and sending. */
const PASSING_CODES = new Set(['RequestTimeout', 'RequestTimeTooSkewed', 'SlowDown']);

/** What S3 said in place of bytes. */
class S3Refusal extends Error {
  override readonly name = 'S3Refusal';
  readonly status: number;
  readonly code: string;

  constructor({ status, bytes }: HttpBytes) {
    const code = /<Code>(\w+)<\/Code>/.exec(bytes.toString('utf8'))?.[1] ?? 'UnknownError';
    super(`S3 answered ${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

/**
 * Reads segments of an S3 bucket, and does nothing else there: the SDK's client, of which that needs one call, is half of a
 * function's bundle. Retries with full jitter what passes or was lost on the way.
 */
export function createS3SegmentReader(props: SegmentReaderProps): Pick<SegmentFiles, 'open'> {
  const url = new URL(props.bucketUrl);
  const exchange = createHttpExchange(url, TIMEOUT_MS);

  const attempt = async (path: string, range: string): Promise<Buffer> => {
    const headers = headersOf({ host: url.host, path, range }, props);
    props.onRequest();
    const answer = await exchange({ method: 'GET', path, headers });
    if (answer.status === PARTIAL_CONTENT) return answer.bytes;
    throw new S3Refusal(answer);
  };

  const read = async (id: string, range: string): Promise<Buffer> => {
    const path = url.pathname + SEGMENTS_ROOT + id;
    const startedAt = props.clock();
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(path, range);
      } catch (error) {
        const isLast = tries === MAX_ATTEMPTS || props.clock() - startedAt > GIVE_UP_AFTER_MS;
        if (isLast || !isPassing(error)) throw inWordsOfTheStore(error);
        await props.sleep(props.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries));
      }
    }
  };

  return {
    open: (id, sizeBytes) => ({
      sizeBytes,
      read: async (offset, length) =>
        length === 0 ? new Uint8Array() : read(id, `bytes=${offset}-${offset + length - 1}`),
    }),
  };
}

interface Wanted {
  readonly host: string;
  readonly path: string;
  readonly range: string;
}

function headersOf({ host, path, range }: Wanted, { region, credentials, clock }: SegmentReaderProps) {
  const timestamp = timestampOf(clock());
  const keys = credentials();
  const headers = {
    host,
    range,
    'x-amz-content-sha256': NOTHING,
    'x-amz-date': timestamp,
    ...(keys.sessionToken ? { 'x-amz-security-token': keys.sessionToken } : {}),
  };
  const signed = { method: 'GET', path, headers, bodyHash: NOTHING, region, service: 's3', timestamp } as const;
  return { ...headers, authorization: authorizationOf(signed, keys) };
}

/** No whole answer at all, a fault of the service, or a refusal that passes. */
const isPassing = (error: unknown): boolean =>
  !(error instanceof S3Refusal) || error.status >= 500 || PASSING_CODES.has(error.code);

function inWordsOfTheStore(error: unknown): unknown {
  if (error instanceof S3Refusal && error.code === 'NoSuchKey') return new SegmentCorrupt('Its file is gone', error);
  if (!isPassing(error)) return error;
  return new MlflowError('TEMPORARILY_UNAVAILABLE', 'The artifact store does not answer; try again shortly.', {
    cause: error,
  });
}
