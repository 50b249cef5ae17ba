import { invalidParameter } from '../../domain/errors.ts';
import { parseExperimentId } from '../../domain/experiment.ts';
import { stageMatches } from '../../domain/lifecycle.ts';
import { MAX_SEARCH_RESULTS } from '../../domain/limits.ts';
import { invalidValue, SEE_DOCS } from '../../domain/messages.ts';
import { pageToken, textOrEmpty, viewType } from '../../protocol/common.ts';
import { wireFoundRun } from '../../protocol/entities.ts';
import { list, message } from '../../protocol/message.ts';
import { int32, text } from '../../protocol/scalars.ts';
import { compileFilter } from '../../search/compile-filter.ts';
import { parseFilter } from '../../search/parse-filter.ts';
import { parseOrderBy } from '../../search/parse-order-by.ts';
import { compareSortKeys, compileSortKey } from '../../search/sort-key.ts';
import { defineOperation } from '../operation.ts';
import { checkMaxResults, pageOf } from '../page-of.ts';
import { lookUpDatasets } from './look-up-datasets.ts';
import { runRow } from './run-row.ts';

const DEFAULT_MAX_RESULTS = 1000;

const request = message({
  experiment_ids: list(textOrEmpty('Experiment id'), 'Experiments to search; none finds nothing'),
  filter: text('Filter, such as metrics.loss < 0.1 AND params.lr = "0.01"'),
  run_view_type: viewType,
  max_results: int32('Runs in a page, 1 to 50000; 1000 when absent'),
  order_by: list(textOrEmpty('Such as "metrics.loss ASC"'), 'Keys to sort by'),
  page_token: pageToken,
});

export const searchRuns = defineOperation({
  method: 'POST',
  path: '/mlflow/runs/search',
  since: '2.0',
  request,
  handle: async (input, { store, tokens, maxPageBytes }) => {
    const maxResults = input.max_results ?? DEFAULT_MAX_RESULTS;
    checkUpperBound(maxResults);
    checkMaxResults(maxResults);
    const matches = compileFilter(parseFilter('runs', input.filter ?? ''));
    const orderBy = parseOrderBy('runs', input.order_by);
    const keyOf = compileSortKey(orderBy);
    const experimentIds = [...new Set(input.experiment_ids.map((id) => String(parseExperimentId(id))))];
    const view = input.run_view_type ?? 'ACTIVE_ONLY';
    const found = (await Promise.all(experimentIds.map(store.listRuns)))
      .flat()
      .filter(({ stage }) => stageMatches(view, stage))
      .map((run) => ({ run, row: runRow(run) }))
      .filter(({ row }) => matches(row));
    const page = await pageOf({
      rows: found,
      keyOf: ({ row }) => keyOf(row),
      compare: (a, b) => compareSortKeys(orderBy, a, b),
      wire: async (rows) => {
        const views = rows.map(({ run }) => run);
        const datasets = await lookUpDatasets(store, views);
        return views.map((view) => wireFoundRun(view, datasets(view.run.experimentId)));
      },
      maxResults,
      maxBytes: maxPageBytes,
      pageToken: input.page_token,
      list: `runs ${JSON.stringify(input.order_by)}`,
      tokens,
    });
    return { runs: page.rows, next_page_token: page.nextPageToken };
  },
});

/** MLflow checks the upper bound with the request's types, in their words (handlers.py, _search_runs). */
function checkUpperBound(maxResults: number): void {
  if (maxResults <= MAX_SEARCH_RESULTS) return;
  throw invalidParameter(invalidValue('max_results', maxResults, " Hint: Value was of type 'int'.") + SEE_DOCS);
}
