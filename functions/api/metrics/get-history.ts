import { invalidParameter } from '../../domain/errors.ts';
import { pointOfRow } from '../../domain/point-columns.ts';
import { pageToken, RUN_UUID, requiredText, runId } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { metricItems, metricsAnswer } from '../../protocol/metric-json.ts';
import { int32 } from '../../protocol/scalars.ts';
import { defineOperation, type Services } from '../operation.ts';
import type { HistoryPageAnswer, HistoryQuestion } from './history-ahead.ts';
import { type PointPosition, pointAt, positionOf } from './page-points.ts';

const request = message(
  {
    run_id: runId,
    metric_key: requiredText('Name of the metric'),
    page_token: pageToken,
    max_results: int32('Points in a page; all of them when absent'),
  },
  RUN_UUID,
);

export const getHistory = defineOperation({
  method: 'GET',
  path: '/mlflow/metrics/get-history',
  since: '2.0',
  request,
  handle: async ({ run_id, metric_key, page_token, max_results }, { store, tokens, historyAhead }) => {
    if (max_results !== undefined && max_results <= 0) {
      throw invalidParameter(
        `Invalid value ${max_results} for parameter 'max_results' supplied. It must be a positive integer.`,
      );
    }
    const pageOf = (token: string) => ({ runId: run_id, key: metric_key, token, maxResults: max_results });
    const make = (token: string) => readPage(pageOf(token), { store, tokens });
    const ready = page_token ? await historyAhead?.take(pageOf(page_token)) : undefined;
    const { answer, nextToken } = ready ?? (await make(page_token ?? ''));
    // Who has asked for a second page will most likely ask for a third.
    if (page_token && nextToken) historyAhead?.begin(pageOf(nextToken), () => make(nextToken));
    return answer;
  },
});

async function readPage(
  { runId: id, key, token, maxResults }: HistoryQuestion,
  { store, tokens }: Pick<Services, 'store' | 'tokens'>,
): Promise<HistoryPageAnswer> {
  const list = `history ${id} ${key}`;
  // The token was sealed by this very list.
  const after = token ? pointAt(key, (await tokens.open(list, token)) as PointPosition) : undefined;
  const { points, hasMore } = await store.readMetricHistory(id, key, { after, limit: pageSize(key, maxResults) });
  const last = hasMore ? positionOf(pointOfRow(key, points, points.values.length - 1)) : undefined;
  const nextToken = last && (await tokens.seal(list, last));
  return { answer: metricsAnswer([metricItems(key, points)], nextToken), nextToken };
}

/** A Lambda function answers 6 MB at most; a page of long names ends early. */
const MAX_PAGE_BYTES = 5_000_000;
/** The longest point without its key. */
const MAX_POINT_BYTES = 110;

/** Who does not ask for pages would not ask for the next one either. */
function pageSize(key: string, maxResults: number | undefined): number | undefined {
  const fitting = Math.floor(MAX_PAGE_BYTES / (MAX_POINT_BYTES + Buffer.byteLength(JSON.stringify(key))));
  return maxResults && Math.min(maxResults, Math.max(1, fitting));
}
