import { COMPACT_LAYOUT, pythonJson } from './python-json.ts';

/** The sentence for a value that is refused; `detail` says why (MLflow: utils/validation.py, invalid_value). */
export function invalidValue(path: string, value: unknown, detail?: string): string {
  const refused = `Invalid value ${pythonJson(value, COMPACT_LAYOUT)} for parameter '${path}' supplied`;
  return detail ? `${refused}: ${detail}` : `${refused}.`;
}

/** The sentence for a value that must be there and is not (MLflow: utils/validation.py, missing_value). */
export const missingValue = (path: string): string => `Missing value for required parameter '${path}'.`;

/** The sentence for a text that is too long (MLflow: utils/validation.py, exceeds_maximum_length). */
export const exceedsMaximumLength = (path: string, limit: number): string =>
  `'${path}' exceeds the maximum length of ${limit} characters`;

/** Ends a sentence about a request that is refused by its form (MLflow: handlers.py, _validate_param_against_schema). */
export const SEE_DOCS = ' See the API docs for more information about request parameters.';

const NAMED_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Writes a text as Python's repr does: single quotes where they can be, and escapes for all that does not print. */
export function pythonRepr(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value.replace(/[\\'\p{C}\p{Z}]/gu, (char) => {
    if (char === ' ') return char;
    if (char === "'") return quote === "'" ? "\\'" : char;
    return NAMED_ESCAPES[char] ?? numericEscape(char);
  });
  return `${quote}${escaped}${quote}`;
}

function numericEscape(char: string): string {
  const hex = Number(char.codePointAt(0)).toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** Writes a list of texts as Python's repr does: `['a', "it's"]`. */
export const pythonReprOfList = (values: readonly string[]): string => `[${values.map(pythonRepr).join(', ')}]`;
