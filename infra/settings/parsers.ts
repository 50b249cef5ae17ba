import { MlflowError } from '../../functions/domain/errors.ts';
import { compilePattern } from '../../functions/domain/redaction/compile-pattern.ts';

/** What is said in JSON after `-c`; anything else as it came, for the schema to judge. */
export function parseJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** `a,b` as a list; anything else as it came, for the schema to judge. */
export const parseList = (value: unknown): unknown => (typeof value === 'string' ? value.split(',') : value);

/** `team=vision,cost=42` as an object; anything else as it came, for the schema to judge. */
export function parseTags(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const pairs = value.split(',').map((pair) => pair.split('='));
  return pairs.every((pair) => pair.length === 2) ? Object.fromEntries(pairs) : value;
}

/** Whether all of these can be looked for. */
export const areUsable = (patterns: Readonly<Record<string, string>>): boolean =>
  Object.entries(patterns).every(([name, pattern]) => isUsable(name, pattern));

function isUsable(name: string, pattern: string): boolean {
  try {
    compilePattern(name, pattern);
    return true;
  } catch (error) {
    if (error instanceof MlflowError) return false;
    throw error;
  }
}
