import { readableExperiments } from '../../domain/caller.ts';
import { invalidParameter } from '../../domain/errors.ts';
import { parseExperimentId } from '../../domain/experiment.ts';
import { MAX_SEARCH_RESULTS } from '../../domain/limits.ts';
import { invalidValue, SEE_DOCS } from '../../domain/messages.ts';
import { pageToken, textOrEmpty, viewType } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import { int32, text } from '../../protocol/scalars.ts';
import { writeFoundRun, writeFoundRunOnce } from '../../protocol/write-run.ts';
import { writtenList, writtenObject } from '../../protocol/written-json.ts';
import { parseFilter } from '../../search/parse-filter.ts';
import { parseOrderBy } from '../../search/parse-order-by.ts';
import type { SortKey } from '../../search/sort-key.ts';
import type { RunQuery } from '../../store/store.ts';
import { fillPage } from '../fill-page.ts';
import { defineOperation } from '../operation.ts';
import { checkMaxResults } from '../page-of.ts';
import { createRunsWriter, writeAhead, writeOrTake } from './write-page.ts';

const DEFAULT_MAX_RESULTS = 1000;
/** A run on the wire has more: no page can hold more runs than this tells. */
const SMALLEST_RUN_BYTES = 300;
/** A page of at most so many runs is a table that somebody looks at; larger ones are walks over all runs. */
const MOST_KEPT = 100;

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
  handle: async (input, services) => {
    const { tokens, maxPageBytes, readAhead } = services;
    const maxResults = input.max_results ?? DEFAULT_MAX_RESULTS;
    checkUpperBound(maxResults);
    checkMaxResults(maxResults);
    const list = `runs ${JSON.stringify(input.order_by)}`;
    const query: RunQuery = {
      filter: parseFilter('runs', input.filter ?? ''),
      orderBy: parseOrderBy('runs', input.order_by),
      // Left out, not refused, as in MLflow (filter_experiment_ids): pages are as full as if there were no others.
      experimentIds: readableExperiments(services.caller, distinctIds(input.experiment_ids), 'run'),
      view: input.run_view_type ?? 'ACTIVE_ONLY',
      limit: Math.min(maxResults, Math.ceil(maxPageBytes / SMALLEST_RUN_BYTES)),
      // The token was sealed by this very list, with a key of its kind.
      after: input.page_token ? ((await tokens.open(list, input.page_token)) as SortKey) : undefined,
    };
    if (input.page_token) readAhead?.end(input.page_token);
    const found = await services.store.searchRuns(query);
    const { sortKeys, hasMore } = found;
    const writer = createRunsWriter(services.store, maxResults <= MOST_KEPT ? writeFoundRunOnce : writeFoundRun);
    const wire = (places: readonly number[]) => writeOrTake(found, places, { writer, readAhead });
    const page = await fillPage([...sortKeys.keys()], wire, maxPageBytes);
    const last = hasMore || page.length < sortKeys.length ? sortKeys[page.length - 1] : undefined;
    const nextToken = last && (await tokens.seal(list, last));
    // Who has asked for a second page will most likely ask for a third.
    if (input.page_token && nextToken)
      readAhead?.begin(nextToken, writeAhead(services.store, { ...query, after: last }));
    return writtenObject({
      runs: page.length > 0 ? writtenList(page) : undefined,
      next_page_token: nextToken,
    });
  },
});

const distinctIds = (ids: readonly string[]) => [...new Set(ids.map((id) => String(parseExperimentId(id))))];

/** MLflow checks the upper bound with the request's types, in their words (handlers.py, _search_runs). */
function checkUpperBound(maxResults: number): void {
  if (maxResults <= MAX_SEARCH_RESULTS) return;
  throw invalidParameter(invalidValue('max_results', maxResults, " Hint: Value was of type 'int'.") + SEE_DOCS);
}
