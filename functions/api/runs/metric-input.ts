import type { ModelMetric } from '../../domain/entities.ts';
import type { Int64 } from '../../domain/int64.ts';
import { type MetricPoint, storedValue } from '../../domain/metric.ts';
import { requiredText } from '../../protocol/common.ts';
import { required } from '../../protocol/message.ts';
import { double, int64, text } from '../../protocol/scalars.ts';

/** The fields of one metric value, alone or in a batch. */
export const metricFields = {
  key: requiredText('Name'),
  value: required(double('Value; NaN is allowed, infinities become the largest double')),
  timestamp: required(int64('When it was measured, in ms since the epoch')),
  step: int64('Step; 0 when absent'),
  model_id: text('Logged model the value belongs to'),
  dataset_name: text('Dataset the value was measured on'),
  dataset_digest: text('Digest of that dataset'),
} as const;

/** A decoded metric. */
export interface MetricInput {
  readonly key: string;
  readonly value: number;
  readonly timestamp: Int64;
  readonly step?: Int64 | undefined;
  readonly model_id?: string | undefined;
  readonly dataset_name?: string | undefined;
  readonly dataset_digest?: string | undefined;
}

export const pointOf = ({ key, value, timestamp, step }: MetricInput): MetricPoint => ({
  key,
  value: storedValue(value),
  timestamp,
  step: step ?? 0,
});

const modelMetricOf = (runId: string, metric: MetricInput): ModelMetric => ({
  ...pointOf(metric),
  // A model's values have no flag for NaN in MLflow: they read back as 0 (MLflow: _log_model_metrics).
  value: Number.isNaN(metric.value) ? 0 : storedValue(metric.value),
  runId,
  datasetName: metric.dataset_name || undefined,
  datasetDigest: metric.dataset_digest || undefined,
});

/** The metrics that name a logged model, by model. */
export function groupByModel(
  runId: string,
  metrics: readonly MetricInput[],
): ReadonlyMap<string, readonly ModelMetric[]> {
  const groups = new Map<string, ModelMetric[]>();
  for (const metric of metrics) {
    if (!metric.model_id) continue;
    const group = groups.get(metric.model_id) ?? [];
    groups.set(metric.model_id, group);
    group.push(modelMetricOf(runId, metric));
  }
  return groups;
}
