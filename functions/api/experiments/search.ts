import { mayOnExperiment } from '../../domain/caller.ts';
import type { Experiment } from '../../domain/entities.ts';
import { stageMatches } from '../../domain/lifecycle.ts';
import { pageToken, textOrEmpty, viewType } from '../../protocol/common.ts';
import { wireExperiment } from '../../protocol/entities.ts';
import { list, message } from '../../protocol/message.ts';
import { int64, text } from '../../protocol/scalars.ts';
import { compileFilter } from '../../search/compile-filter.ts';
import { parseFilter } from '../../search/parse-filter.ts';
import { parseOrderBy } from '../../search/parse-order-by.ts';
import type { AttributeValue, ExperimentRow } from '../../search/row.ts';
import { compareSortKeys, compileSortKey } from '../../search/sort-key.ts';
import { defineOperation, type Method } from '../operation.ts';
import { checkMaxResults, pageOf } from '../page-of.ts';
import { candidatesFor } from './candidates.ts';

const request = message({
  max_results: int64('Experiments in a page, 1 to 50000; must be given'),
  page_token: pageToken,
  filter: text('Filter, such as name LIKE "a%" AND tags.team = "x"'),
  order_by: list(textOrEmpty('Such as "name DESC"'), 'Keys to sort by'),
  view_type: viewType,
});

const ATTRIBUTES: Readonly<Record<string, (experiment: Experiment) => AttributeValue>> = {
  name: (experiment) => experiment.name,
  experiment_id: (experiment) => experiment.experimentId,
  creation_time: (experiment) => experiment.creationTime,
  last_update_time: (experiment) => experiment.lastUpdateTime,
};

/** A class, for a search makes a row of each experiment: closures for each of 10,000 would take a fifth more time. */
class FoundExperiment implements ExperimentRow {
  readonly experiment: Experiment;

  constructor(experiment: Experiment) {
    this.experiment = experiment;
  }

  attribute(name: string) {
    return ATTRIBUTES[name]?.(this.experiment);
  }

  tag(key: string) {
    return this.experiment.tags.get(key);
  }
}

const searchBy = (method: Method) =>
  defineOperation({
    method,
    path: '/mlflow/experiments/search',
    since: '2.0',
    request,
    handle: async (input, { store, tokens, maxPageBytes, caller }) => {
      // An absent proto number is 0 (MLflow: SearchExperiments has no default).
      const maxResults = input.max_results ?? 0;
      checkMaxResults(maxResults);
      const filter = parseFilter('experiments', input.filter ?? '');
      const matches = compileFilter(filter);
      const orderBy = parseOrderBy('experiments', input.order_by);
      const keyOf = compileSortKey(orderBy);
      const view = input.view_type ?? 'ACTIVE_ONLY';
      const experiments = (await candidatesFor(filter, store))
        .filter(({ stage }) => stageMatches(view, stage))
        .filter(({ experimentId }) => !caller || mayOnExperiment(caller, 'read', experimentId))
        .map((experiment) => new FoundExperiment(experiment))
        .filter(matches);
      const page = await pageOf({
        rows: experiments,
        keyOf,
        compare: (a, b) => compareSortKeys(orderBy, a, b),
        wire: (found) => found.map(({ experiment }) => wireExperiment(experiment)),
        maxResults: Number(maxResults),
        maxBytes: maxPageBytes,
        pageToken: input.page_token,
        list: `experiments ${JSON.stringify(input.order_by)}`,
        tokens,
      });
      return { experiments: page.rows, next_page_token: page.nextPageToken };
    },
  });

export const searchExperiments = [searchBy('POST'), searchBy('GET')] as const;
