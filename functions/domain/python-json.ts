import { compareCodePoints } from './code-points.ts';

/** How Python's json.dumps lays out its text: its separators, and whether it sorts keys. */
export interface JsonLayout {
  readonly comma: string;
  readonly colon: string;
  readonly sortKeys: boolean;
}

/** What json.dumps writes when nothing is asked for. */
export const DEFAULT_LAYOUT: JsonLayout = { comma: ', ', colon: ': ', sortKeys: false };

/** What MLflow's messages show: no blanks, keys sorted (MLflow: utils/validation.py, invalid_value). */
export const COMPACT_LAYOUT: JsonLayout = { comma: ',', colon: ':', sortKeys: true };

/** Writes a JSON value as Python's json.dumps does: non-ASCII escaped, NaN and the infinities as bare tokens. */
export function pythonJson(value: unknown, layout: JsonLayout): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return jsonString(value);
  if (typeof value === 'number') return jsonNumber(value);
  if (Array.isArray(value)) return `[${value.map((item) => pythonJson(item, layout)).join(layout.comma)}]`;
  if (typeof value === 'object') return jsonObject(Object.entries(value), layout);
  return String(value);
}

function jsonObject(entries: readonly (readonly [string, unknown])[], layout: JsonLayout): string {
  const ordered = layout.sortKeys ? entries.toSorted(([a], [b]) => compareCodePoints(a, b)) : entries;
  const members = ordered.map(([key, value]) => `${jsonString(key)}${layout.colon}${pythonJson(value, layout)}`);
  return `{${members.join(layout.comma)}}`;
}

// JSON.stringify escapes all that Python escapes within ASCII, and in the same way, but for DEL.
const jsonString = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

function jsonNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  // A parsed number no longer tells whether the client wrote 41 or 41.0; clients mean the former far more often.
  return Number.isSafeInteger(value) ? String(value) : pythonFloat(value);
}

/** Writes a double as Python's repr does: `1.0`, `1e-05`, `1e+16`, `nan`, `-inf`. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const [digits, power] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 16) return Number.isInteger(value) ? `${value}.0` : String(value);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
