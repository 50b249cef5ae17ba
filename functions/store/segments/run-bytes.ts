import type { RunBlockPlace } from './segment.ts';
import type { SegmentSource } from './segment-source.ts';

/** One read of S3 costs as much time as this many bytes more. */
const BRIDGED_GAP_BYTES = 128 * 1024;
const LONGEST_READ_BYTES = 8 * 1024 * 1024;
/** A block's place in memory, beside its bytes. */
const KEPT_BLOCK_BYTES = 200;

/** The blocks of runs of a segment as they are stored: what was read is kept, as pages ask for the same ones again. */
export class RunBytes {
  private readonly source: SegmentSource;
  private kept = new Map<RunBlockPlace, Uint8Array>();
  private keptBytes = 0;

  constructor(source: SegmentSource) {
    this.source = source;
  }

  /** What is kept takes so much memory, about. */
  get byteSize(): number {
    return this.keptBytes;
  }

  /** Forgets all, which is read again when it is needed. */
  release(): void {
    this.kept = new Map();
    this.keptBytes = 0;
  }

  /** Gives the bytes of blocks; reads neighbours by one read. Throws whatever the source throws. */
  async read(blocks: readonly RunBlockPlace[]): Promise<ReadonlyMap<RunBlockPlace, Uint8Array>> {
    const found = new Map<RunBlockPlace, Uint8Array>();
    const missing: RunBlockPlace[] = [];
    for (const block of blocks) {
      const bytes = this.kept.get(block) ?? this.inMemory(block);
      if (bytes === undefined) missing.push(block);
      else found.set(block, bytes);
    }
    const groups = readsOf(missing.sort((a, b) => a.offset - b.offset));
    for (const group of await Promise.all(groups.map((group) => this.readGroup(group)))) {
      for (const [block, bytes] of group) found.set(block, this.keep(block, bytes));
    }
    return found;
  }

  private inMemory({ offset, entry }: RunBlockPlace): Uint8Array | undefined {
    return this.source.bytes?.subarray(offset, offset + entry.length);
  }

  private async readGroup(group: readonly RunBlockPlace[]): Promise<readonly (readonly [RunBlockPlace, Uint8Array])[]> {
    const start = group[0]?.offset ?? 0;
    const bytes = await this.source.read(start, endOf(group.at(-1)) - start);
    return group.map((block) => [block, bytes.subarray(block.offset - start, endOf(block) - start)]);
  }

  /** A copy: a view would hold all that was read with it. */
  private keep(block: RunBlockPlace, bytes: Uint8Array): Uint8Array {
    const copy = Uint8Array.from(bytes);
    if (!this.kept.has(block)) this.keptBytes += copy.length + KEPT_BLOCK_BYTES;
    this.kept.set(block, copy);
    return copy;
  }
}

const endOf = (block: RunBlockPlace | undefined): number => (block ? block.offset + block.entry.length : 0);

function readsOf(blocks: readonly RunBlockPlace[]): readonly (readonly RunBlockPlace[])[] {
  const reads: RunBlockPlace[][] = [];
  for (const block of blocks) {
    const group = reads.at(-1);
    const isNear = block.offset - endOf(group?.at(-1)) <= BRIDGED_GAP_BYTES;
    const isShort = endOf(block) - (group?.[0]?.offset ?? 0) <= LONGEST_READ_BYTES;
    if (group && isNear && isShort) group.push(block);
    else reads.push([block]);
  }
  return reads;
}
