import { invalidParameter } from '../../domain/errors.ts';
import { MAX_HISTORY_RUNS, MAX_SAMPLED_RESULTS } from '../../domain/limits.ts';
import { SEE_DOCS } from '../../domain/messages.ts';
import { requiredText, textOrEmpty } from '../../protocol/common.ts';
import { message, requiredList } from '../../protocol/message.ts';
import { metricItems, metricsAnswer } from '../../protocol/metric-json.ts';
import { int32 } from '../../protocol/scalars.ts';
import { defineOperation } from '../operation.ts';
import { inTurns } from './in-turns.ts';

const request = message({
  run_ids: requiredList(textOrEmpty('Run id'), 'Runs, at most 100'),
  metric_key: requiredText('Name of the metric'),
  start_step: int32('First step; with end_step or not at all'),
  end_step: int32('Last step'),
  max_results: int32('Points of each run, at most 2500'),
});

interface Interval {
  readonly from?: number;
  readonly to?: number;
}

/** Evenly sampled histories of one metric of several runs. */
export const getHistoryBulkInterval = defineOperation({
  method: 'GET',
  path: '/mlflow/metrics/get-history-bulk-interval',
  since: '2.0',
  request,
  handle: async (input, { store }) => {
    const maxResults = input.max_results ?? MAX_SAMPLED_RESULTS;
    checkLimits(input.run_ids.length, maxResults);
    const interval = intervalOf(input.start_step, input.end_step);
    const sample = { kind: 'even', x: 'step', ...interval, maxPoints: maxResults } as const;
    const lists = await inTurns(input.run_ids, async (runId) => {
      const { points } = await store.sampleMetricHistory(runId, input.metric_key, sample);
      return metricItems(input.metric_key, points, runId);
    });
    return metricsAnswer(lists);
  },
});

function checkLimits(runs: number, maxResults: number): void {
  if (runs > MAX_HISTORY_RUNS) {
    throw invalidParameter(
      `GetMetricHistoryBulkInterval request must specify at most ${MAX_HISTORY_RUNS} run_ids.` +
        ` Received ${runs} run_ids.${SEE_DOCS}`,
    );
  }
  if (maxResults < 1 || maxResults > MAX_SAMPLED_RESULTS) {
    throw invalidParameter(`max_results must be between 1 and ${MAX_SAMPLED_RESULTS}.${SEE_DOCS}`);
  }
}

function intervalOf(start: number | undefined, end: number | undefined): Interval {
  if (start === undefined && end === undefined) return {};
  if (start === undefined || end === undefined) {
    throw invalidParameter('If either start step or end step are specified, both must be specified.');
  }
  if (start > end) {
    throw invalidParameter(`end_step must be greater than start_step. Found start_step=${start} and end_step=${end}.`);
  }
  return { from: start, to: end };
}
