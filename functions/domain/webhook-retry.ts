const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;

/** Whether a delivery that was answered so may be made again: MLflow does so for 429, 500, 502, 503 and 504. */
export const isPassingStatus = (status: number): boolean =>
  status === TOO_MANY_REQUESTS || status >= FIRST_SERVER_ERROR;

/** Whether a status says that a delivery has arrived (MLflow: webhooks/delivery.py, test_webhook). */
export const isAccepted = (status: number): boolean => status < 400;

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
const JITTER_MS = 1000;
const LONGEST_WISH_MS = 3_600_000;

interface FailedTry {
  /** Tries so far, at least one. */
  readonly tries: number;
  /** In [0, 1). */
  readonly random: number;
  /** What the receiver asked for, in ms. */
  readonly retryAfterMs?: number | undefined;
}

/**
 * The pause before a delivery is tried again, in ms: 1 s, 2 s, 4 s … up to a minute and a second of jitter, as MLflow's
 * (webhooks/delivery.py, _create_webhook_session); longer where the receiver asks for it, up to an hour.
 */
export function retryPauseMs({ tries, random, retryAfterMs = 0 }: FailedTry): number {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1)) + random * JITTER_MS;
  return Math.max(pause, Math.min(retryAfterMs, LONGEST_WISH_MS));
}

/** What a `Retry-After` header asks for, in ms: seconds, or a date; undefined for neither. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
