import { invalidParameter } from './errors.ts';

const DAY_MS = 86_400_000;
const UNITS_MS = { d: DAY_MS, h: 3_600_000, m: 60_000, s: 1_000 } as const;

const DURATION = /^(?:([.\d]+)d)?(?:([.\d]+)h)?(?:([.\d]+)m)?(?:([.\d]+)s)?$/;

/**
 * The milliseconds of a time such as `30d`, `1d2h3m4s` or `1.5h`; throws INVALID_PARAMETER_VALUE for anything else
 * (MLflow: cli/__init__.py, gc, which also dies of `1.2.3d`).
 */
export function parseDuration(text: string): number {
  const [, ...numbers] = DURATION.exec(text) ?? [];
  const factors = Object.values(UNITS_MS);
  const parts = numbers.map((number, at) => (number === undefined ? 0 : Number(number) * Number(factors[at])));
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (parts.length > 0 && Number.isFinite(total)) return Math.floor(total);
  throw invalidParameter(
    `Could not parse any time information from '${text}'. Examples of valid strings: '8h', '2d8h5m20s', '2m4s'`,
  );
}

/** A time in milliseconds as `parseDuration` reads it, without parts that are zero. */
export function formatDuration(ms: number): string {
  let rest = ms;
  let text = '';
  for (const [unit, unitMs] of Object.entries(UNITS_MS)) {
    const count = unit === 's' ? rest / unitMs : Math.floor(rest / unitMs);
    rest -= count * unitMs;
    if (count > 0) text += `${count}${unit}`;
  }
  return text === '' ? '0s' : text;
}
