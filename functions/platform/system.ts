import { createHmac, randomBytes } from 'node:crypto';

/** Milliseconds since the epoch. */
export const now = (): number => Date.now();

/** A number in [0, 1). */
export const random = (): number => Math.random();

/** Random lower-case hex digits from the system's generator. */
export const randomHex = (digits: number): string =>
  randomBytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);

let lastMs = 0;
let madeInMs = 0;

/**
 * A unique id that sorts by the time it was made, also within a millisecond of this process: 12 hex digits of ms, 4 of a
 * count, 16 random ones.
 */
export function newSortableId(): string {
  // The count runs on when the clock stands still or is set back.
  const ms = Math.max(Date.now(), lastMs);
  madeInMs = ms === lastMs ? madeInMs + 1 : 0;
  lastMs = ms;
  return ms.toString(16).padStart(12, '0') + madeInMs.toString(16).padStart(4, '0') + randomHex(16);
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** HMAC-SHA256 as base64url. */
export const hmacSha256 = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');
