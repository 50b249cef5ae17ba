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

/** A unique id that sorts by the time it was made: 12 hex digits of ms, 20 random ones. */
export const newSortableId = (): string => Date.now().toString(16).padStart(12, '0') + randomHex(20);

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** HMAC-SHA256 as base64url. */
export const hmacSha256 = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');
