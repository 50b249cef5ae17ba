/** An entry of a repeated field of keys and values. */
export interface WireKeyValue {
  readonly key: string;
  readonly value?: string;
}

const known = new Map<string, string>();
const MAX_KNOWN = 100_000;

/** One string for all equal ones: a hundred thousand runs share their keys. */
export function shared(text: string): string {
  const kept = known.get(text);
  if (kept !== undefined) return kept;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(text, text);
  return text;
}

/** Reads a repeated field of keys and values, as they come. */
export const readEntries = (entries: readonly WireKeyValue[] = []): ReadonlyMap<string, string> =>
  new Map(entries.map(({ key, value = '' }) => [shared(key), value] as const));

/** Reads a double: NaN and the infinities are strings (proto3 JSON). */
export const readDouble = (value: number | string | undefined): number => Number(value ?? 0);
