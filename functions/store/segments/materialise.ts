import type { ArchivedRun } from './archived-run.ts';
import { unpackBlock } from './block.ts';
import { MOST_AT_ONCE } from './recent-runs.ts';
import { readRunBlock } from './run-block-reader.ts';
import type { RunBlockPlace, Segment } from './segment.ts';
import { decodeOrCorrupt } from './segment-corrupt.ts';

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
 * Gives the whole runs of these rows, in the order of the rows; of few, those that were just read are at hand. Throws as
 * Segment does.
 */
export async function materialise(segment: Segment, rows: readonly number[]): Promise<readonly ArchivedRun[]> {
  if (rows.length > MOST_AT_ONCE) return readRuns(segment, rows);
  const { recentRuns } = segment;
  const missing = rows.filter((row) => recentRuns.get(row) === undefined);
  const read = new Map((await readRuns(segment, missing)).map((run, at) => [missing[at], run]));
  return rows.map((row) => {
    const run = recentRuns.get(row) ?? read.get(row);
    if (run === undefined) throw new Error(`Row ${row} was read and is not there`);
    recentRuns.keep(row, run);
    return run;
  });
}

/**
 * Reads and inflates only the blocks that the rows are in; the work depends on the runs, not on how many keys the segment
 * knows.
 */
async function readRuns(segment: Segment, rows: readonly number[]): Promise<readonly ArchivedRun[]> {
  const blocks = wantedBlocks(await segment.runBlocks(), segment.rowCount, rows);
  const bytesOf = await segment.runs.read(blocks.map(({ block }) => block));
  const page: ArchivedRun[] = new Array(rows.length);
  for (const one of blocks) placeRuns(segment, one, bytesOf.get(one.block) ?? new Uint8Array(), page);
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
  return [...byBlock.values()];
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

function placeRuns(segment: Segment, { block, wanted }: WantedBlock, bytes: Uint8Array, page: ArchivedRun[]): void {
  const what = `The block of runs from row ${block.firstRow} on`;
  const raw = unpackBlock(what, block.entry, bytes);
  const places = wanted.map(({ placeInBlock }) => placeInBlock);
  const runs = decodeOrCorrupt(what, () => readRunBlock(raw, places, (kind) => segment.keys(kind)));
  for (const [at, { placeInPage }] of wanted.entries()) {
    const run = runs[at];
    if (run !== undefined) page[placeInPage] = run;
  }
}
