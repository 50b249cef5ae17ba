import type { Item } from 'dynalite/db/index.js';

/** Whether a JSON value is an object that is no list, as items, keys and requests are. */
export const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
