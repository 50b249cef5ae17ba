import { S3Client } from '@aws-sdk/client-s3';
import type { Connections } from './connections.ts';

/** Callers name a laptop by few names; whoever makes up more shall not fill its memory. */
const MAX_SIGNERS = 16;

/** Clients that only presign, one for each endpoint at which callers reach S3; the latest are kept. */
export function createSigners({
  s3,
  s3EndpointFor,
}: Pick<Connections, 's3' | 's3EndpointFor'>): (origin: string) => S3Client {
  const signers = new Map<string, S3Client>();
  return (origin) => {
    const endpoint = s3EndpointFor?.(origin);
    const key = endpoint ?? '';
    const signer = signers.get(key) ?? newSigner({ ...s3, ...(endpoint !== undefined && { endpoint }) });
    signers.delete(key);
    signers.set(key, signer);
    const [oldest] = signers.keys();
    if (signers.size > MAX_SIGNERS && oldest !== undefined) signers.delete(oldest);
    return signer;
  };
}

/** What a browser or `requests` sends has no checksum that the SDK made, nor does it check one of an answer. */
const newSigner = (config: Connections['s3']): S3Client =>
  new S3Client({
    ...config,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
