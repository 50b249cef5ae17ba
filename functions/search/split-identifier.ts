/** A dotted name in two halves, both without quotes; a name without a dot has no prefix. */
export interface Identifier {
  readonly prefix: string | undefined;
  readonly key: string;
}

/** Splits a dotted name at its first dot (MLflow: SearchUtils._get_identifier). */
export function splitAtFirstDot(identifier: string): Identifier {
  const dot = identifier.indexOf('.');
  if (dot < 0) return { prefix: undefined, key: unquoteKey(identifier) };
  return { prefix: unquote(identifier.slice(0, dot), '`'), key: unquoteKey(identifier.slice(dot + 1)) };
}

/** Takes the quotes or backticks off a key, once. */
const unquoteKey = (key: string): string => {
  const inner = unquote(key, "'");
  return unquote(inner === key ? unquote(key, '"') : inner, '`');
};

const unquote = (text: string, quote: string): string =>
  text.length >= 2 && text.startsWith(quote) && text.endsWith(quote) ? text.slice(1, -1) : text;

/**
 * Splits a logged model's name: only a lower-case prefix is one, and only backticks are quotes
 * (MLflow: search_logged_model_utils.py, Entity.from_str).
 */
export function splitAtLowerCasePrefix(identifier: string): Identifier {
  const prefix = /^[a-z]+(?=\..)/s.exec(identifier)?.[0];
  const key = prefix === undefined ? identifier : identifier.slice(prefix.length + 1);
  return { prefix, key: withoutBackticks(key) };
}

function withoutBackticks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charAt(start) === '`') start += 1;
  while (end > start && text.charAt(end - 1) === '`') end -= 1;
  return text.slice(start, end);
}
