import type { Experiment } from '../../domain/entities.ts';
import { stageMatches } from '../../domain/lifecycle.ts';
import { pageToken, textOrEmpty, viewType } from '../../protocol/common.ts';
import { wireExperiment } from '../../protocol/entities.ts';
import { list, message } from '../../protocol/message.ts';
import { int64, text } from '../../protocol/scalars.ts';
import { compileFilter } from '../../search/compile-filter.ts';
import { parseFilter } from '../../search/parse-filter.ts';
import { parseOrderBy } from '../../search/parse-order-by.ts';
import type { ExperimentRow } from '../../search/row.ts';
import { compareSortKeys, compileSortKey } from '../../search/sort-key.ts';
import { defineOperation, type Method } from '../operation.ts';
import { checkMaxResults, pageOf } from '../page-of.ts';

const request = message({
  max_results: int64('Experiments in a page, 1 to 50000; must be given'),
  page_token: pageToken,
  filter: text('Filter, such as name LIKE "a%" AND tags.team = "x"'),
  order_by: list(textOrEmpty('Such as "name DESC"'), 'Keys to sort by'),
  view_type: viewType,
});

const rowOf = (experiment: Experiment): ExperimentRow => ({
  attribute: (name) => attributesOf(experiment)[name],
  tag: (key) => experiment.tags.get(key),
});

const attributesOf = (experiment: Experiment): Readonly<Record<string, string | number>> => ({
  name: experiment.name,
  experiment_id: experiment.experimentId,
  creation_time: experiment.creationTime,
  last_update_time: experiment.lastUpdateTime,
});

const searchBy = (method: Method) =>
  defineOperation({
    method,
    path: '/mlflow/experiments/search',
    since: '2.0',
    request,
    handle: async (input, { store, tokens }) => {
      // An absent proto number is 0 (MLflow: SearchExperiments has no default).
      const maxResults = input.max_results ?? 0;
      checkMaxResults(maxResults);
      const matches = compileFilter(parseFilter('experiments', input.filter ?? ''));
      const orderBy = parseOrderBy('experiments', input.order_by);
      const keyOf = compileSortKey(orderBy);
      const view = input.view_type ?? 'ACTIVE_ONLY';
      const experiments = (await store.listExperiments())
        .filter(({ stage }) => stageMatches(view, stage))
        .map((experiment) => ({ experiment, row: rowOf(experiment) }))
        .filter(({ row }) => matches(row));
      const page = await pageOf({
        rows: experiments,
        keyOf: ({ row }) => keyOf(row),
        compare: (a, b) => compareSortKeys(orderBy, a, b),
        maxResults: Number(maxResults),
        pageToken: input.page_token,
        list: `experiments ${JSON.stringify(input.order_by)}`,
        tokens,
      });
      return {
        experiments: page.rows.length > 0 ? page.rows.map(({ experiment }) => wireExperiment(experiment)) : undefined,
        next_page_token: page.nextPageToken,
      };
    },
  });

export const searchExperiments = [searchBy('POST'), searchBy('GET')] as const;
