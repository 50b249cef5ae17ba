import { stringifyJson } from '../protocol/json.ts';
import { WrittenJson } from '../protocol/written-json.ts';

/** Rows go on the wire so many at once: what no longer fits has cost little, and what a row was made of is gone soon. */
const ROWS_AT_ONCE = 250;

/**
 * Puts the rows of a page on the wire, the first ones as many as fit `maxBytes`; the next page goes on after the last of
 * them. The first row is in it whatever its size, or a search would never come past it.
 */
export async function fillPage<Row, Wire extends object>(
  rows: readonly Row[],
  wire: (rows: readonly Row[]) => readonly Wire[] | Promise<readonly Wire[]>,
  maxBytes: number,
): Promise<readonly Wire[]> {
  const page: Wire[] = [];
  let bytesLeft = maxBytes;
  const isLimited = maxBytes !== Number.POSITIVE_INFINITY;
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    for (const row of await wire(rows.slice(at, at + ROWS_AT_ONCE))) {
      if (isLimited) bytesLeft -= bytesOnLambda(row);
      if (bytesLeft < 0 && page.length > 0) return page;
      page.push(row);
    }
  }
  return page;
}

/**
 * Lambda's limit is on its own JSON, in which our body is a text: each quote takes two bytes, a third more for params. With
 * the comma behind the row, for which there are two quotes around an object's text.
 */
function bytesOnLambda(row: object): number {
  if (!(row instanceof WrittenJson)) return Buffer.byteLength(JSON.stringify(stringifyJson(row))) - 1;
  return row.chunks.reduce((sum, chunk) => sum + bytesWithEscapes(chunk), 1);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function bytesWithEscapes(json: Uint8Array): number {
  let size = json.length;
  for (const byte of json) if (byte === QUOTE || byte === BACKSLASH) size += 1;
  return size;
}
