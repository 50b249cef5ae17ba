import { readableExperiments } from '../../domain/caller.ts';
import type { LoggedModel, LoggedModelView } from '../../domain/entities.ts';
import { parseExperimentId } from '../../domain/experiment.ts';
import { DEFAULT_LOGGED_MODEL_RESULTS, MAX_LOGGED_MODEL_RESULTS } from '../../domain/limits.ts';
import { pageToken, textOrEmpty } from '../../protocol/common.ts';
import { wireLoggedModel } from '../../protocol/entities.ts';
import { list, message, requiredList } from '../../protocol/message.ts';
import { flag, int32, text } from '../../protocol/scalars.ts';
import { compileLoggedModelFilter } from '../../search/compile-filter.ts';
import { parseFilter } from '../../search/parse-filter.ts';
import { parseLoggedModelOrderBy } from '../../search/parse-logged-model-order-by.ts';
import type { AttributeValue, LoggedModelRow } from '../../search/row.ts';
import { compareSortKeys, compileSortKey } from '../../search/sort-key.ts';
import { defineOperation } from '../operation.ts';
import { checkMaxResults, pageOf } from '../page-of.ts';

const dataset = message({
  dataset_name: textOrEmpty('Name'),
  dataset_digest: text('Digest; any when absent'),
});

const order = message({
  field_name: textOrEmpty('metrics.<key>, or an attribute such as creation_timestamp'),
  ascending: flag('Default true'),
  dataset_name: text('Only metrics on this dataset count'),
  dataset_digest: text('And of this digest'),
});

const request = message({
  experiment_ids: requiredList(textOrEmpty('Experiment id'), 'Experiments to search'),
  filter: text('Filter, such as metrics.accuracy > 0.9'),
  datasets: list(dataset, 'Only metrics on these datasets count in the filter'),
  max_results: int32('Models in a page; 50 when absent'),
  order_by: list(order, 'Keys to sort by'),
  page_token: pageToken,
});

const ATTRIBUTES: Readonly<Record<string, (model: LoggedModel) => AttributeValue | undefined>> = {
  model_id: (model) => model.modelId,
  name: (model) => model.name,
  model_type: (model) => model.modelType,
  source_run_id: (model) => model.sourceRunId,
  status: (model) => model.status,
  experiment_id: (model) => model.experimentId,
  artifact_location: (model) => model.artifactUri,
  lifecycle_stage: (model) => (model.isDeleted ? 'deleted' : 'active'),
  creation_timestamp_ms: (model) => model.creationTime,
  last_updated_timestamp_ms: (model) => model.lastUpdateTime,
};

const rowOf = ({ model, metrics }: LoggedModelView): LoggedModelRow => ({
  attribute: (name) => ATTRIBUTES[name]?.(model),
  param: (key) => model.params.get(key),
  tag: (key) => model.tags.get(key),
  metrics: () => metrics,
});

export const searchLoggedModels = defineOperation({
  method: 'POST',
  path: '/mlflow/logged-models/search',
  since: '2.0',
  request,
  handle: async (input, { store, tokens, maxPageBytes, caller }) => {
    const maxResults = Math.min(input.max_results || DEFAULT_LOGGED_MODEL_RESULTS, MAX_LOGGED_MODEL_RESULTS);
    checkMaxResults(maxResults);
    const matches = compileLoggedModelFilter(parseFilter('loggedModels', input.filter ?? ''), input.datasets);
    const orderBy = parseLoggedModelOrderBy(input.order_by);
    const keyOf = compileSortKey(orderBy);
    const experimentIds = [...new Set(input.experiment_ids.map((id) => String(parseExperimentId(id))))];
    const readableIds = readableExperiments(caller, experimentIds, 'logged_model');
    const models = (await Promise.all(readableIds.map(store.listLoggedModels)))
      .flat()
      .filter(({ model }) => !model.isDeleted)
      .map((view) => ({ view, row: rowOf(view) }))
      .filter(({ row }) => matches(row));
    const page = await pageOf({
      rows: models,
      keyOf: ({ row }) => keyOf(row),
      compare: (a, b) => compareSortKeys(orderBy, a, b),
      wire: (found) => found.map(({ view }) => wireLoggedModel(view)),
      maxResults,
      maxBytes: maxPageBytes,
      pageToken: input.page_token,
      // MLflow refuses a token whose experiments, filter or order changed (SearchLoggedModelsPaginationToken).
      list: `models ${JSON.stringify([experimentIds, input.filter ?? '', input.order_by])}`,
      tokens,
    });
    return { models: page.rows, next_page_token: page.nextPageToken };
  },
});
