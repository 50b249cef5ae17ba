import { pythonStrip } from './python-strip.ts';

const PYTHON_INTEGER = /^[+-]?\d+(_\d+)*$/;

/**
 * The number that a text stands for, as Python's int() reads it: ' 1 ', '+1' and '1_0' are numbers, too; undefined for
 * what is none. Beyond 2^53 it is the nearest double.
 */
export function pythonInteger(text: string): number | undefined {
  const digits = pythonStrip(text);
  return PYTHON_INTEGER.test(digits) ? Number(digits.replaceAll('_', '')) + 0 : undefined;
}
