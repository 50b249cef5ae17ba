const SIGNIFICANT_DIGITS = 5;
const LEAST_PLAIN = 1e-4;
const MOST_PLAIN = 1e9;
const MINUS = '\u2212';

// Made once: a table draws hundreds of numbers in a frame, and making one takes longer than ten of its uses.
const few = new Intl.NumberFormat('en-US', { maximumSignificantDigits: SIGNIFICANT_DIGITS });
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A number to be read: five significant digits, 1.2e-7 where zeros would hide it, thousands in groups. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  return withMinus(value < 0, formatPositive(Math.abs(value)));
}

function formatPositive(value: number): string {
  if (value === 0) return '0';
  if (value < LEAST_PLAIN || value >= MOST_PLAIN) return scientific(value);
  if (Number.isInteger(value)) return whole.format(value);
  return (wholeDigits(value) > SIGNIFICANT_DIGITS ? whole : few).format(value);
}

/** No digit before the point is rounded away. */
const wholeDigits = (value: number): number => Math.floor(Math.log10(value)) + 1;

const scientific = (value: number): string =>
  value
    .toExponential(SIGNIFICANT_DIGITS - 1)
    .replace(/\.?0+e/, 'e')
    .replace('e+', 'e')
    .replace('e-', `e${MINUS}`);

const withMinus = (isNegative: boolean, text: string): string => (isNegative ? MINUS + text : text);

/** A count of things: 1 run, 12,345 runs. */
export const formatCount = (count: number, one: string, many = `${one}s`): string =>
  `${whole.format(count)} ${count === 1 ? one : many}`;
