/** How a value stands in the URL; a method each, so that fields of different types fit one schema. */
export interface Field<T> {
  readonly initial: T;
  /** Reads it; undefined for a text that is none, then the initial value holds. */
  parse(text: string): T | undefined;
  format(value: T): string;
  /** Said when it is left out of a link that would be too long; undefined of what a link always holds. */
  readonly leftOut?: string;
}

/** What a page keeps in the query string: a field for each name. */
export type Schema = Readonly<Record<string, Field<unknown>>>;

/** The values that a schema's fields have. */
export type StateOf<S extends Schema> = { readonly [K in keyof S]: S[K] extends Field<infer T> ? T : never };

/** A text; empty by itself. */
export const textField = (initial = ''): Field<string> => ({ initial, parse: (text) => text, format: (text) => text });

/** One of some words. */
export const choiceField = <T extends string>(choices: readonly T[], initial: T): Field<T> => ({
  initial,
  parse: (text) => choices.find((choice) => choice === text),
  format: (value) => value,
});

/** Yes or no. */
export const flagField = (initial: boolean): Field<boolean> => ({
  initial,
  parse: (text) => (text === '1' || text === '0' ? text === '1' : undefined),
  format: (value) => (value ? '1' : '0'),
});

/** Texts; those in which a comma stands are escaped. */
export const listField = (initial: readonly string[] = []): Field<readonly string[]> => ({
  initial,
  parse: (text) => (text === '' ? [] : text.split(',').map(unescapeItem)),
  format: (items) => items.map(escapeItem).join(','),
});

/** What is chosen, of which there may be more than a link can hold: then it stays with the step of the history. */
export const longListField = (): Field<readonly string[]> => ({
  ...listField(),
  leftOut: 'So many are chosen that a link to this page leaves them out: whoever opens it chooses anew.',
});

/** Numbers by name: `name:120,other:80`. */
export const numbersField = (): Field<Readonly<Record<string, number>>> => ({
  initial: {},
  parse: (text) => Object.fromEntries(text.split(',').map(readNumber).filter(isNumbered)),
  format: (numbers) =>
    Object.entries(numbers)
      .map(([name, number]) => `${escapeItem(name)}:${number}`)
      .join(','),
});

function readNumber(item: string): readonly [string, number] {
  const at = item.lastIndexOf(':');
  return [unescapeItem(item.slice(0, Math.max(at, 0))), Number(item.slice(at + 1))];
}

const isNumbered = ([name, number]: readonly [string, number]): boolean => name !== '' && Number.isFinite(number);

// `~` needs no escape in a query string, so links stay readable.
const escapeItem = (text: string): string => text.replaceAll('~', '~0').replaceAll(',', '~1');
const unescapeItem = (text: string): string => text.replaceAll('~1', ',').replaceAll('~0', '~');

/** Reads a query string; what is absent, or no value of its field, is the field's initial value. */
export function readState<S extends Schema>(schema: S, search: string): StateOf<S> {
  const query = new URLSearchParams(search);
  const values = Object.entries(schema).map(([name, field]) => {
    const text = query.get(name);
    return [name, (text === null ? undefined : field.parse(text)) ?? field.initial];
  });
  // Object.fromEntries forgets which name has which type; the schema made each.
  return Object.fromEntries(values) as StateOf<S>;
}

/** The query string with some values changed; initial values are left out, and names of nobody's stay. */
export function writeState<S extends Schema>(schema: S, search: string, change: Partial<StateOf<S>>): string {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    const field = schema[name];
    if (field === undefined) continue;
    const text = field.format(value);
    if (text === field.format(field.initial)) query.delete(name);
    else query.set(name, text);
  }
  return readable(query);
}

/** CDNs and proxies refuse addresses beyond 8,192 bytes; the path and the host need some of them. */
const MOST_BYTES = 6_000;

/** Texts of fields that a link is too short for, by their names. */
export type LeftOut = Readonly<Record<string, string>>;

interface FittedSearch {
  readonly search: string;
  readonly leftOut: LeftOut;
}

/** A query string that is short enough: what may be left out is, when it has to. */
export function fitSearch(schema: Schema, search: string): FittedSearch {
  const query = new URLSearchParams(search);
  const leftOut: Record<string, string> = {};
  for (const [name, field] of Object.entries(schema)) {
    const text = query.get(name);
    if (field.leftOut === undefined || text === null || readable(query).length <= MOST_BYTES) continue;
    leftOut[name] = text;
    query.delete(name);
  }
  return { search: readable(query), leftOut };
}

/** The query string with what was left out of it; what it says itself goes first, and what is another schema's stays out. */
export function withLeftOut(schema: Schema, search: string, leftOut: LeftOut): string {
  const query = new URLSearchParams(search);
  for (const [name, text] of Object.entries(leftOut)) if (name in schema && !query.has(name)) query.set(name, text);
  return readable(query);
}

/** Leaves what a query string may hold as it is: links are read by people. */
function readable(query: URLSearchParams): string {
  const text = query
    .toString()
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':')
    .replaceAll('%2F', '/')
    .replaceAll('%7E', '~');
  return text === '' ? '' : `?${text}`;
}
