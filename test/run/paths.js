import { join } from 'node:path';

/** The project's folder. */
export const ROOT = join(import.meta.dirname, '../..');

/** Where the runner keeps what it fetched and what the parts reported; ignored by git. */
export const CACHE = join(ROOT, '.cache');

/** A program of the installed packages. */
export const installed = (name) => join(ROOT, 'node_modules/.bin', name);
