import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Key, overflowKey } from './keys.ts';
import { type Item, keyItem } from './table.ts';

/**
 * A document is JSON in one item, small ones as text, larger ones deflated; what does not fit an item lies in parts
 * beside it, under a generation that the document names. So a document has no largest size.
 *
 * | attribute | |
 * | v | version, +1 with each change |
 * | w | ids of the last writes, newest first, by which a writer knows its own after a lost answer |
 * | r | for a run that came back from the archive: the version that its row there was made of |
 * | j / z | the JSON as text / deflated |
 * | g, n | generation and number of the parts, when the deflated JSON lies there |
 */
export interface DocumentItems {
  readonly main: Item;
  readonly parts: readonly Item[];
}

const MAX_TEXT_LENGTH = 4096;
/** An item holds 400 KB, keys and other attributes included. */
const MAX_PART_BYTES = 350_000;
const FASTEST = 1;

/** The write that makes a document version. */
export interface Write {
  readonly key: Key;
  readonly version: number;
  readonly writeId: string;
  /** The ids that the version before carries. */
  readonly earlierWriteIds: readonly string[];
  readonly replaces?: number | undefined;
}

/** As many writers may come between a write and its second try, each with the answer to the first one lost. */
const MAX_WRITE_IDS = 4;

/** Lays JSON out as items. `extra` are attributes that conditions and cheap reads look at. */
export function documentItems(write: Write, json: string, extra: Item): DocumentItems {
  const replaces: Item = write.replaces === undefined ? {} : { r: { N: String(write.replaces) } };
  const ids = { v: { N: String(write.version) }, w: { S: writeIdsAfter(write) } };
  const base = { ...keyItem(write.key), ...ids, ...replaces, ...extra };
  if (json.length <= MAX_TEXT_LENGTH) return { main: { ...base, j: { S: json } }, parts: [] };
  const deflated = deflateRawSync(json, { level: FASTEST });
  if (deflated.length <= MAX_PART_BYTES) return { main: { ...base, z: { B: deflated } }, parts: [] };
  const generation = generationOf(write);
  const parts = split(deflated).map((bytes, part) => ({
    ...keyItem(overflowKey(write.key, generation, part)),
    z: { B: bytes },
  }));
  return { main: { ...base, g: { S: generation }, n: { N: String(parts.length) } }, parts };
}

const writeIdsAfter = ({ writeId, earlierWriteIds }: Write): string =>
  [writeId, ...earlierWriteIds].slice(0, MAX_WRITE_IDS).join(' ');

const GENERATION_DIGITS = 12;
const generationOf = ({ version, writeId }: Write) => `${String(version).padStart(GENERATION_DIGITS, '0')}-${writeId}`;

/** The document version that a part was written for. */
export const versionOfGeneration = (generation: string): number => Number(generation.slice(0, GENERATION_DIGITS));

function split(bytes: Uint8Array): readonly Uint8Array[] {
  const count = Math.ceil(bytes.length / MAX_PART_BYTES);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * MAX_PART_BYTES, (at + 1) * MAX_PART_BYTES));
}

export const versionOf = (main: Item): number => Number(main.v?.N ?? 0);
/** The version that the row of an archived run was made of; undefined when the run was never archived. */
export const replacesOf = (main: Item): number | undefined => (main.r?.N === undefined ? undefined : Number(main.r.N));
/** The ids of the last writes, newest first. */
export const writeIdsOf = (main: Item): readonly string[] => main.w?.S?.split(' ') ?? [];
/** The generation of the parts that hold the JSON; undefined when the main item does. */
export const partsGenerationOf = (main: Item): string | undefined => main.g?.S;

/** The JSON of a document, or undefined when parts it names are missing: a newer version has replaced it meanwhile. */
export function documentJson(main: Item, parts: readonly Item[]): string | undefined {
  if (main.j?.S !== undefined) return main.j.S;
  if (main.z?.B) return inflate(main.z.B);
  const chunks = parts.flatMap((part) => (part.z?.B ? [part.z.B] : []));
  return chunks.length === Number(main.n?.N) ? inflate(Buffer.concat(chunks)) : undefined;
}

const inflate = (bytes: Uint8Array): string => inflateRawSync(bytes).toString('utf8');
