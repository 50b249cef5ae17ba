import { type Ask, said } from './connection.ts';
import { type Finding, fault, good } from './finding.ts';

export const FILES = '/api/2.0/mlflow-artifacts';
export const KB = 1000;
const MB = 1000 * KB;
/** More than a Lambda takes: it must have found the way past it. */
export const LARGE_BYTES = 20 * MB;
export const FILE_TIMEOUT_MS = 300_000;

/** A file that was sent in `sentMs`, and where it is got back from. */
interface Sent {
  readonly subject: string;
  readonly url: string;
  readonly bytes: Uint8Array;
  readonly sentMs: number;
}

/** Gets a file back, compares it and deletes it. */
export async function readBack(ask: Ask, { subject, url, bytes, sentMs }: Sent): Promise<Finding> {
  const got = await ask({ path: url, timeoutMs: FILE_TIMEOUT_MS });
  const removed = await ask({ method: 'DELETE', path: url });
  if (got.status !== 200) return fault(subject, `went in and does not come out: ${said(got)}`);
  if (!Buffer.from(bytes).equals(got.bytes)) return fault(subject, 'came back with other bytes');
  if (removed.status !== 200) return fault(subject, `stays: it cannot be deleted (${said(removed)})`);
  return good(
    subject,
    `sent ${rate(bytes.length, sentMs)}, got back ${rate(bytes.length, got.tookMs)}, the same bytes`,
  );
}

export const sizeText = (sizeBytes: number): string =>
  sizeBytes < MB ? `${sizeBytes / KB} KB` : `${sizeBytes / MB} MB`;

const rate = (sizeBytes: number, tookMs: number): string =>
  sizeBytes < MB ? `in ${tookMs} ms` : `at ${Math.round(sizeBytes / 1000 / Math.max(tookMs, 1))} MB/s`;
