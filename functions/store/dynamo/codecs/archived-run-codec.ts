import type { MetricPoint } from '../../../domain/metric.ts';
import type { ArchivedRun } from '../../segments/archived-run.ts';
import type { DocumentCodec } from '../documents.ts';
import { markItem } from '../marks.ts';
import { int64FromJson, int64ToJson } from './int64-text.ts';
import { runOfStored, type StoredRun, storedRun } from './run-codec.ts';

type StoredPoint = readonly [key: string, value: number | string, timestamp: number | string, step: number | string];

interface StoredArchivedRun {
  readonly run: StoredRun;
  readonly metrics: readonly StoredPoint[];
}

/** JSON has no NaN, no infinities and no -0: they are texts, which Number reads back. */
const numberToJson = (value: number): number | string =>
  Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? '-0' : String(value);

const storedPoint = ({ key, value, timestamp, step }: MetricPoint): StoredPoint => [
  key,
  numberToJson(value),
  int64ToJson(timestamp),
  int64ToJson(step),
];

const pointOfStored = ([key, value, timestamp, step]: StoredPoint): MetricPoint => ({
  key,
  value: Number(value),
  timestamp: int64FromJson(timestamp),
  step: int64FromJson(step),
});

/** A run that is over, in one document with the last values of its metrics. */
export const archivedRunCodec: DocumentCodec<ArchivedRun> = {
  encode: ({ run, metrics }) =>
    JSON.stringify({ run: storedRun(run), metrics: metrics.map(storedPoint) } satisfies StoredArchivedRun),
  decode: (json) => {
    // The table holds what encode wrote.
    const { run, metrics } = JSON.parse(json) as StoredArchivedRun;
    return { run: runOfStored(run), metrics: metrics.map(pointOfStored) };
  },
  extra: ({ run }) => markItem(run),
};
