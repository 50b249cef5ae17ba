import type { ArchivedRun } from './archived-run.ts';
import { unpackBlock } from './block.ts';
import type { ColumnKind } from './column.ts';
import { readRunBlock } from './run-block-reader.ts';
import type { RunBlockPlace, Segment } from './segment.ts';
import { decodeOrCorrupt } from './segment-corrupt.ts';

/** One read of S3 costs as much time as this many bytes more. */
const BRIDGED_GAP_BYTES = 128 * 1024;
const LONGEST_READ_BYTES = 8 * 1024 * 1024;

/** A run that is wanted: its row's place in the block, and its own among the rows that were asked for. */
interface Wanted {
  readonly placeInBlock: number;
  readonly placeInPage: number;
}

interface WantedBlock {
  readonly block: RunBlockPlace;
  readonly wanted: Wanted[];
}

/**
 * Gives the whole runs of these rows, in the order of the rows. Reads and inflates only the blocks that they are in,
 * neighbours by one read; the work depends on the runs, not on how many keys the segment knows. Throws as Segment does.
 */
export async function materialise(segment: Segment, rows: readonly number[]): Promise<readonly ArchivedRun[]> {
  const blocks = wantedBlocks(await segment.runBlocks(), segment.rowCount, rows);
  const page: ArchivedRun[] = new Array(rows.length);
  await Promise.all(
    readsOf(blocks).map(async (group) => {
      const start = group[0]?.block.offset ?? 0;
      const bytes = await segment.source.read(start, endOf(group.at(-1)) - start);
      for (const one of group) placeRuns(segment, one, bytes.subarray(one.block.offset - start), page);
    }),
  );
  return page;
}

function wantedBlocks(
  places: readonly RunBlockPlace[],
  rowCount: number,
  rows: readonly number[],
): readonly WantedBlock[] {
  const byBlock = new Map<RunBlockPlace, WantedBlock>();
  for (const [placeInPage, row] of rows.entries()) {
    const block = row < rowCount ? blockOfRow(places, row) : undefined;
    if (block === undefined) throw new Error(`Row ${row} of a segment of ${rowCount}`);
    const known = byBlock.get(block) ?? { block, wanted: [] };
    known.wanted.push({ placeInBlock: row - block.firstRow, placeInPage });
    byBlock.set(block, known);
  }
  return [...byBlock.values()].sort((a, b) => a.block.offset - b.block.offset);
}

/** The last block that begins at the row or before it. */
function blockOfRow(places: readonly RunBlockPlace[], row: number): RunBlockPlace | undefined {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Number(places[middle]?.firstRow) <= row) low = middle + 1;
    else high = middle;
  }
  return places[low - 1];
}

const endOf = (one: WantedBlock | undefined): number => (one ? one.block.offset + one.block.entry.length : 0);

function readsOf(blocks: readonly WantedBlock[]): readonly (readonly WantedBlock[])[] {
  const reads: WantedBlock[][] = [];
  for (const one of blocks) {
    const group = reads.at(-1);
    const isNear = one.block.offset - endOf(group?.at(-1)) <= BRIDGED_GAP_BYTES;
    const isShort = endOf(one) - (group?.[0]?.block.offset ?? 0) <= LONGEST_READ_BYTES;
    if (group && isNear && isShort) group.push(one);
    else reads.push([one]);
  }
  return reads;
}

function placeRuns(segment: Segment, { block, wanted }: WantedBlock, bytes: Uint8Array, page: ArchivedRun[]): void {
  const what = `The block of runs from row ${block.firstRow} on`;
  const raw = unpackBlock(what, block.entry, bytes.subarray(0, block.entry.length));
  const keyOf = (kind: ColumnKind, code: number): string => {
    const key = segment.keys(kind)[code];
    if (key === undefined) throw new RangeError(`No ${kind} has the code ${code}`);
    return key;
  };
  const places = wanted.map(({ placeInBlock }) => placeInBlock);
  const runs = decodeOrCorrupt(what, () => readRunBlock(raw, places, keyOf));
  for (const [at, { placeInPage }] of wanted.entries()) {
    const run = runs[at];
    if (run !== undefined) page[placeInPage] = run;
  }
}
