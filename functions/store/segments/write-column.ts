import { toPlanes } from './byte-planes.ts';
import type { ColumnKind } from './column.ts';
import type { ColumnData, NumberData, TextData } from './column-data.ts';
import { sortByCodePoints, writeDictionary } from './dictionary.ts';
import { PackedWriter } from './packed-writer.ts';
import { writeRowList } from './row-list.ts';
import { bytesOf, type Integers, newIntegers } from './typed-bytes.ts';

/** What stands at the start of a column. */
export const ColumnForm = { Doubles: 0, WideIntegers: 1, Texts: 2 } as const;

/** A list of rows costs four bytes of memory an entry, and time in searches; a missing text only its code. */
const FILL_WHEN_ABOVE = 1 / 8;

/**
 * column := form hasRows entryCount rows? ( doubles | wideIntegers | width codes dictionary )
 * Codes are a little-endian array, doubles and wide integers one by planes of bytes.
 */
export function writeColumn(data: ColumnData, kind: ColumnKind, rowCount: number): Uint8Array {
  const writer = new PackedWriter();
  if (data.type === 'number') writeNumbers(writer, data);
  else writeTexts(writer, filled(data, kind, rowCount));
  return writer.finish();
}

function writeEntries(writer: PackedWriter, form: number, rows: Uint32Array | undefined, count: number): void {
  writer.unsigned(form);
  writer.unsigned(rows === undefined ? 0 : 1);
  writer.unsigned(count);
  if (rows !== undefined) writeRowList(writer, rows);
}

function writeNumbers(writer: PackedWriter, { rows, values }: NumberData): void {
  const form = values instanceof Float64Array ? ColumnForm.Doubles : ColumnForm.WideIntegers;
  writeEntries(writer, form, rows, values.length);
  writer.append(toPlanes(bytesOf(values)));
}

function writeTexts(writer: PackedWriter, { rows, places, words }: TextData): void {
  const sorted = sortByCodePoints(distinctWords(places, words));
  const codes = codesOf(places, words, sorted);
  writeEntries(writer, ColumnForm.Texts, rows, codes.length);
  writer.unsigned(codes.BYTES_PER_ELEMENT);
  writer.append(bytesOf(codes));
  writeDictionary(writer, sorted);
}

function distinctWords(places: Int32Array, words: readonly string[]): string[] {
  const isUsed = new Uint8Array(words.length);
  for (const place of places) if (place >= 0) isUsed[place] = 1;
  return [...new Set(words.filter((_, place) => isUsed[place] === 1))];
}

function codesOf(places: Int32Array, words: readonly string[], sorted: readonly string[]): Integers {
  const missing = sorted.length;
  const codeOf = new Map(sorted.map((word, code) => [word, code]));
  const codeOfPlace = words.map((word) => codeOf.get(word) ?? missing);
  const codes = newIntegers(places.length, missing);
  for (let at = 0; at < places.length; at += 1) codes[at] = codeOfPlace[Number(places[at])] ?? missing;
  return codes;
}

/** Gives each row its entry where few rows are without one. A run without datasets is no run with a missing dataset. */
function filled(data: TextData, kind: ColumnKind, rowCount: number): TextData {
  const { rows, places } = data;
  if (rows === undefined || kind === 'dataset' || places.length < rowCount * FILL_WHEN_ABOVE) return data;
  const all = new Int32Array(rowCount).fill(-1);
  for (let at = 0; at < rows.length; at += 1) all[Number(rows[at])] = Number(places[at]);
  return { ...data, rows: undefined, places: all };
}
