import { invalidParameter } from '../../domain/errors.ts';
import {
  DEFAULT_CHART_POINTS,
  MAX_CHART_METRICS,
  MAX_CHART_POINTS,
  MAX_CHART_POINTS_IN_ALL,
  MAX_HISTORY_RUNS,
} from '../../domain/limits.ts';
import { MIN_EXTREMES } from '../../domain/metric-sample.ts';
import { textOrEmpty } from '../../protocol/common.ts';
import { message, requiredList } from '../../protocol/message.ts';
import { columnsText } from '../../protocol/metric-json.ts';
import { choice, int32, int64 } from '../../protocol/scalars.ts';
import { writtenText } from '../../protocol/written-json.ts';
import type { MetricSample, SampleRequest } from '../../store/store.ts';
import { defineOperation, type Method } from '../operation.ts';
import { inTurns } from './in-turns.ts';

const request = message({
  run_ids: requiredList(textOrEmpty('Run id'), 'Runs, 1 to 100'),
  metric_keys: requiredList(textOrEmpty('Name of a metric'), 'Metrics, 1 to 10; each of each run makes a series'),
  max_points: int32(
    'Points of a series at most, 4 to 2500, 320 when absent; fewer when all series together would have more than 100000. ' +
      'A series with more gives its first and last point and, of equally full stretches between them, the least and the ' +
      'greatest value, so that no spike is lost',
  ),
  x: choice({ STEP: 1, TIME: 2 }, 'What points are ordered by and x_min and x_max are in: STEP when absent, or TIME'),
  x_min: int64('First step, or first ms since the epoch, that is wanted; the first there is when absent'),
  x_max: int64('Last step, or last ms since the epoch, that is wanted; the last there is when absent'),
});

const sampleBy = (method: Method) =>
  defineOperation({
    method,
    path: '/tracklet/metrics/sample',
    since: '2.0',
    request,
    handle: async (input, { store }) => {
      const { run_ids: runIds, metric_keys: keys, max_points: maxPoints = DEFAULT_CHART_POINTS } = input;
      checkCount('run_ids', runIds.length, MAX_HISTORY_RUNS);
      checkCount('metric_keys', keys.length, MAX_CHART_METRICS);
      checkMaxPoints(maxPoints);
      checkRange(input.x_min, input.x_max);
      const series = runIds.flatMap((runId) => keys.map((key) => ({ runId, key })));
      const sample: SampleRequest = {
        kind: 'extremes',
        x: input.x === 'TIME' ? 'timestamp' : 'step',
        from: input.x_min,
        to: input.x_max,
        maxPoints: Math.min(maxPoints, Math.floor(MAX_CHART_POINTS_IN_ALL / series.length)),
      };
      const texts = await inTurns(series, async ({ runId, key }) =>
        seriesText(runId, key, await store.sampleMetricHistory(runId, key, sample)),
      );
      return writtenText(`{"series":[${texts.join()}]}`);
    },
  });

/** The histories of some metrics of some runs for a chart, in the order they were asked for; Tracklet's own. */
export const sampleMetrics = [sampleBy('GET'), sampleBy('POST')];

function seriesText(runId: string, key: string, { count, points }: MetricSample): string {
  const head = { run_id: runId, metric_key: key, count, is_sample: points.values.length < count };
  return `${JSON.stringify(head).slice(0, -1)},"points":${columnsText(points)}}`;
}

function checkCount(field: string, count: number, max: number): void {
  if (count >= 1 && count <= max) return;
  throw invalidParameter(`${field} must name 1 to ${max}. Received ${count}.`);
}

function checkMaxPoints(maxPoints: number): void {
  if (maxPoints >= MIN_EXTREMES && maxPoints <= MAX_CHART_POINTS) return;
  throw invalidParameter(`max_points must be between ${MIN_EXTREMES} and ${MAX_CHART_POINTS}. Received ${maxPoints}.`);
}

function checkRange(min: number | bigint | undefined, max: number | bigint | undefined): void {
  if (min === undefined || max === undefined || min <= max) return;
  throw invalidParameter(`x_max must not be less than x_min. Received x_min=${min} and x_max=${max}.`);
}
