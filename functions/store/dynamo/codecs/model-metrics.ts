import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ModelMetric } from '../../../domain/entities.ts';
import { int64FromJson, int64ToJson } from './int64-text.ts';

type StoredMetric = readonly [
  key: string,
  value: number | string,
  timestamp: number | string,
  step: number | string,
  runId: string,
  datasetName: string | null,
  datasetDigest: string | null,
];

/** The metrics that one log call gives a model, as deflated JSON: they are few, and name runs and datasets. */
export function encodeModelMetrics(metrics: readonly ModelMetric[]): Uint8Array {
  const rows = metrics.map(
    (metric): StoredMetric => [
      metric.key,
      Number.isNaN(metric.value) ? 'NaN' : metric.value,
      int64ToJson(metric.timestamp),
      int64ToJson(metric.step),
      metric.runId,
      metric.datasetName ?? null,
      metric.datasetDigest ?? null,
    ],
  );
  return deflateRawSync(JSON.stringify(rows));
}

export function decodeModelMetrics(bytes: Uint8Array): readonly ModelMetric[] {
  // The table holds what encodeModelMetrics wrote.
  const rows = JSON.parse(inflateRawSync(bytes).toString('utf8')) as readonly StoredMetric[];
  return rows.map(([key, value, timestamp, step, runId, datasetName, datasetDigest]) => ({
    key,
    value: Number(value),
    timestamp: int64FromJson(timestamp),
    step: int64FromJson(step),
    runId,
    datasetName: datasetName ?? undefined,
    datasetDigest: datasetDigest ?? undefined,
  }));
}
