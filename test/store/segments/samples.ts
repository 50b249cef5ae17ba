import type { Run } from '../../../functions/domain/entities.ts';
import type { ArchivedRun } from '../../../functions/store/segments/archived-run.ts';
import { encodeSegment } from '../../../functions/store/segments/encode-segment.ts';
import { materialise } from '../../../functions/store/segments/materialise.ts';
import { openSegment } from '../../../functions/store/segments/open-segment.ts';
import type { Segment } from '../../../functions/store/segments/segment.ts';
import { type SegmentSource, sourceOfBytes } from '../../../functions/store/segments/segment-source.ts';
import { BLANK_RUN, upTo } from '../samples.ts';

interface Spec extends Partial<Run> {
  readonly metrics?: Readonly<Record<string, number>>;
}

/** A finished run without anything, number n of an experiment. */
export function archivedRun(n: number, { metrics = {}, ...part }: Spec = {}): ArchivedRun {
  const runId = `0000000000012${n.toString(16).padStart(19, '0')}`;
  const run: Run = {
    ...BLANK_RUN,
    runId,
    runName: `quiet-fox-${n}`,
    userId: 'ann',
    status: 'FINISHED',
    startTime: 1_700_000_000_000 + n * 1000,
    endTime: 1_700_000_000_500 + n * 1000,
    artifactUri: `s3://root/1/${runId}/artifacts`,
    ...part,
  };
  const points = Object.entries(metrics).map(([key, value]) => ({ key, value, timestamp: 1_700_000_000_100, step: 3 }));
  return { run, metrics: points };
}

export const segmentOf = (runs: readonly ArchivedRun[]): Promise<Segment> =>
  openSegment(sourceOfBytes(encodeSegment(runs)));

/** All runs of a segment, in the order of its rows. */
export const allRuns = (segment: Segment): Promise<readonly ArchivedRun[]> =>
  materialise(segment, upTo(segment.rowCount));

/** A source that remembers what was read of it. */
export interface WatchedSource extends SegmentSource {
  readonly reads: { readonly offset: number; readonly length: number }[];
}

export function watched(bytes: Uint8Array): WatchedSource {
  const source = sourceOfBytes(bytes);
  const reads: { readonly offset: number; readonly length: number }[] = [];
  return {
    sizeBytes: source.sizeBytes,
    reads,
    read: (offset, length) => {
      reads.push({ offset, length });
      return source.read(offset, length);
    },
  };
}
