/** JSON that is written already: bytes one behind the other, which are joined when they are sent. */
export class WrittenJson {
  readonly chunks: readonly Uint8Array[];

  constructor(chunks: readonly Uint8Array[]) {
    this.chunks = chunks;
  }
}

/** Quotes, backslashes, control characters, and surrogates, of which half a pair is escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON escapes.
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A text as JSON.stringify writes it; to see that it needs no escape is several times as fast. */
export const quoted = (text: string): string => (NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`);

/** Takes a text of JSON as bytes at once: as long as the text lives, V8 keeps all the pieces that it was put together from. */
export const writtenText = (text: string): WrittenJson => new WrittenJson([Buffer.from(text)]);

const COMMA = Buffer.from(',');

/** A list of what is written. */
export function writtenList(items: readonly WrittenJson[]): WrittenJson {
  const chunks: Uint8Array[] = [Buffer.from('[')];
  for (const [at, item] of items.entries()) {
    if (at > 0) chunks.push(COMMA);
    chunks.push(...item.chunks);
  }
  chunks.push(Buffer.from(']'));
  return new WrittenJson(chunks);
}

/** An object with these fields in their order; those that are undefined are omitted. */
export function writtenObject(fields: Readonly<Record<string, WrittenJson | string | undefined>>): WrittenJson {
  const chunks: Uint8Array[] = [];
  let before = '{';
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const written = typeof value === 'string' ? writtenText(quoted(value)) : value;
    chunks.push(Buffer.from(`${before}${quoted(name)}:`), ...written.chunks);
    before = ',';
  }
  chunks.push(Buffer.from(chunks.length === 0 ? '{}' : '}'));
  return new WrittenJson(chunks);
}
