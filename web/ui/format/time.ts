const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MONTH_MS = 30 * DAY_MS;
const YEAR_MS = 365 * DAY_MS;

interface Unit {
  readonly ms: number;
  readonly name: Intl.RelativeTimeFormatUnit;
}

const UNITS: readonly Unit[] = [
  { ms: YEAR_MS, name: 'year' },
  { ms: MONTH_MS, name: 'month' },
  { ms: DAY_MS, name: 'day' },
  { ms: HOUR_MS, name: 'hour' },
  { ms: MINUTE_MS, name: 'minute' },
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** How long ago, or how soon: `3 hours ago`; `just now` within a minute. Both in ms since the epoch. */
export function formatRelative(timeMs: number, nowMs: number): string {
  const distance = timeMs - nowMs;
  const unit = UNITS.find(({ ms }) => Math.abs(distance) >= ms);
  return unit === undefined ? 'just now' : relative.format(Math.trunc(distance / unit.ms), unit.name);
}

const exact = new Intl.DateTimeFormat('en-GB', {
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});

/** The moment itself, to the second, in the reader's time zone. */
export const formatExact = (timeMs: number): string => exact.format(timeMs);

/** A stretch of time: `850 ms`, `12.4 s`, `3 m 20 s`, `5 h 12 m`, `2 d 3 h`. */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, durationMs);
  if (ms < SECOND_MS) return `${Math.round(ms)} ms`;
  if (ms < MINUTE_MS) return `${Math.floor(ms / 100) / 10} s`;
  if (ms < HOUR_MS) return twoParts(ms, MINUTE_MS, 'm', SECOND_MS, 's');
  return ms < DAY_MS ? twoParts(ms, HOUR_MS, 'h', MINUTE_MS, 'm') : twoParts(ms, DAY_MS, 'd', HOUR_MS, 'h');
}

function twoParts(ms: number, largeMs: number, large: string, smallMs: number, small: string): string {
  const rest = Math.floor((ms % largeMs) / smallMs);
  return `${Math.floor(ms / largeMs)} ${large}${rest > 0 ? ` ${rest} ${small}` : ''}`;
}
