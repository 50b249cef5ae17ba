import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';

/** Milliseconds since the epoch. */
export const now = (): number => Date.now();

/** A number in [0, 1). */
export const random = (): number => Math.random();

/** A random UUID. */
export const newUuid = (): string => randomUUID();

const POOL_BYTES = 4096;
let pool = Buffer.alloc(0);
let used = 0;

/** Random lower-case hex digits from the system's generator, which is asked for many at once. */
export function randomHex(digits: number): string {
  const bytes = Math.ceil(digits / 2);
  if (used + bytes > pool.length) {
    pool = randomBytes(Math.max(POOL_BYTES, bytes));
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used).slice(0, digits);
}

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

/** SHA-256 as hex digits. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
