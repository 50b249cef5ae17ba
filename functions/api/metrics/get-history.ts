import { invalidParameter } from '../../domain/errors.ts';
import { compareByTime } from '../../domain/metric.ts';
import { pageToken, RUN_UUID, requiredText, runId } from '../../protocol/common.ts';
import { wireMetric } from '../../protocol/entities.ts';
import { message } from '../../protocol/message.ts';
import { int32 } from '../../protocol/scalars.ts';
import { defineOperation } from '../operation.ts';
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
  handle: async ({ run_id: id, metric_key: key, page_token: token, max_results: maxResults }, { store, tokens }) => {
    if (maxResults !== undefined && maxResults <= 0) {
      throw invalidParameter(
        `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be a positive integer.`,
      );
    }
    const list = `history ${id} ${key}`;
    // The token was sealed by this very list.
    const after = token ? pointAt(key, (await tokens.open(list, token)) as PointPosition) : undefined;
    const points = (await store.readMetricHistory(id, key)).toSorted(compareByTime);
    const rest = after ? points.filter((point) => compareByTime(point, after) > 0) : points;
    const page = rest.slice(0, maxResults);
    const last = page.at(-1);
    const hasMore = last !== undefined && rest.length > page.length;
    return {
      metrics: page.length > 0 ? page.map(wireMetric) : undefined,
      next_page_token: hasMore ? await tokens.seal(list, positionOf(last)) : undefined,
    };
  },
});
