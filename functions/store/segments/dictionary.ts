import { compareCodePoints } from '../../domain/code-points.ts';
import type { PackedReader } from './packed-reader.ts';
import type { PackedWriter } from './packed-writer.ts';
import { decodeText, encodeText, formOf, textFormOf, textSizeBytes } from './text-bytes.ts';
import { bytesOf, integersOf, newIntegers } from './typed-bytes.ts';

/** UTF-16 units of a piece of text, about; V8's strings end at 2^29. */
const PIECE_UNITS = 2 ** 24;

/** Distinct texts in the order of their code points; a text's code is its place in that order. */
export interface Dictionary {
  readonly size: number;
  readonly byteSize: number;
  readonly at: (code: number) => string;
  /** The text's code; for one that is not there, half way between the codes of its neighbours. */
  readonly locate: (text: string) => number;
}

/** As Python orders texts. Sorting by UTF-16 units is several times faster, and the same below the surrogates. */
export function sortByCodePoints(texts: string[]): string[] {
  const isPlain = !texts.some((text) => /[\ud800-\uffff]/.test(text));
  return isPlain ? texts.sort() : texts.sort(compareCodePoints);
}

/** dictionary := count width lengths pieceCount { count form units bytes }* */
export function writeDictionary(writer: PackedWriter, sorted: readonly string[], pieceUnits = PIECE_UNITS): void {
  const longest = sorted.reduce((max, { length }) => Math.max(max, length), 0);
  const lengths = newIntegers(sorted.length, longest);
  for (const [at, { length }] of sorted.entries()) lengths[at] = length;
  writer.unsigned(sorted.length);
  writer.unsigned(lengths.BYTES_PER_ELEMENT);
  writer.append(bytesOf(lengths));
  const pieces = piecesOf(sorted, pieceUnits);
  writer.unsigned(pieces.length);
  for (const texts of pieces) {
    const piece = texts.join('');
    const form = formOf(piece);
    writer.unsigned(texts.length);
    writer.unsigned(form);
    writer.unsigned(piece.length);
    writer.append(encodeText(piece, form));
  }
}

function piecesOf(texts: readonly string[], pieceUnits: number): readonly (readonly string[])[] {
  const pieces: (readonly string[])[] = [];
  let start = 0;
  let units = 0;
  for (const [at, { length }] of texts.entries()) {
    if (units > 0 && units + length > pieceUnits) {
      pieces.push(texts.slice(start, at));
      start = at;
      units = 0;
    }
    units += length;
  }
  return start < texts.length ? [...pieces, texts.slice(start)] : pieces;
}

interface Piece {
  readonly firstCode: number;
  readonly text: string;
}

/** Reads what writeDictionary wrote. */
export function readDictionary(reader: PackedReader): Dictionary {
  const size = reader.unsigned();
  const width = reader.unsigned();
  const ends = endsOf(integersOf(reader.take(size * width), width));
  const pieces = readPieces(reader);
  const at = pieces.length <= 1 ? textOfOne(pieces[0]?.text ?? '', ends) : textOfMany(pieces, ends);
  const textBytes = pieces.reduce((sum, { text }) => sum + text.length, 0);
  return { size, byteSize: ends.byteLength + textBytes, at, locate: (text) => locate(at, size, text) };
}

/** ends[code]: where the text begins; ends[code + 1]: where it ends. */
function endsOf(lengths: ArrayLike<number>): Uint32Array {
  const ends = new Uint32Array(lengths.length + 1);
  let end = 0;
  for (let code = 0; code < lengths.length; code += 1) {
    end += lengths[code] ?? 0;
    ends[code + 1] = end;
  }
  return ends;
}

function readPieces(reader: PackedReader): readonly Piece[] {
  let firstCode = 0;
  return Array.from({ length: reader.unsigned() }, () => {
    const count = reader.unsigned();
    const form = textFormOf(reader.unsigned());
    const text = decodeText(reader.take(textSizeBytes(reader.unsigned(), form)), form);
    const piece = { firstCode, text };
    firstCode += count;
    return piece;
  });
}

const textOfOne =
  (text: string, ends: Uint32Array) =>
  (code: number): string =>
    text.substring(ends[code] ?? 0, ends[code + 1] ?? 0);

function textOfMany(pieces: readonly Piece[], ends: Uint32Array): (code: number) => string {
  return (code) => {
    const piece = pieces.findLast(({ firstCode }) => firstCode <= code);
    const base = ends[piece?.firstCode ?? 0] ?? 0;
    return piece?.text.substring((ends[code] ?? 0) - base, (ends[code + 1] ?? 0) - base) ?? '';
  };
}

function locate(at: (code: number) => string, size: number, text: string): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareCodePoints(at(middle), text);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return low - 0.5;
}
