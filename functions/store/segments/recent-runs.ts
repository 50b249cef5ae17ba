import type { ArchivedRun } from './archived-run.ts';

/** More are a walk over all, in which no run comes again. */
export const MOST_AT_ONCE = 100;

const MOST_KEPT = 500;
/** A run, and each of its entries, in memory and as it goes on the wire, beside the texts. */
const RUN_BYTES = 2_000;
const ENTRY_BYTES = 300;

/** The whole runs of a segment that were asked for last: a table that is looked at again shows mostly the same ones. */
export class RecentRuns {
  private kept = new Map<number, ArchivedRun>();
  private keptBytes = 0;

  /** What is kept takes so much memory, about. */
  get byteSize(): number {
    return this.keptBytes;
  }

  get(row: number): ArchivedRun | undefined {
    return this.kept.get(row);
  }

  /** Keeps a run; of many, that which came first goes. */
  keep(row: number, run: ArchivedRun): void {
    if (this.kept.has(row)) return;
    this.kept.set(row, run);
    this.keptBytes += sizeOf(run);
    if (this.kept.size <= MOST_KEPT) return;
    for (const [oldest, old] of this.kept) {
      this.kept.delete(oldest);
      this.keptBytes -= sizeOf(old);
      return;
    }
  }

  /** Forgets all. */
  release(): void {
    this.kept = new Map();
    this.keptBytes = 0;
  }
}

function sizeOf({ run: { params, tags }, metrics }: ArchivedRun): number {
  let bytes = RUN_BYTES + (params.size + tags.size + metrics.length) * ENTRY_BYTES;
  for (const entries of [params, tags]) for (const [key, value] of entries) bytes += (key.length + value.length) * 2;
  return bytes;
}
