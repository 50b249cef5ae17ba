import { mayReadModel } from '../../domain/caller.ts';
import type { ModelVersionView } from '../../domain/entities.ts';
import { MAX_MODEL_VERSION_RESULTS } from '../../domain/limits.ts';
import { lastUpdateOf } from '../../domain/model-version.ts';
import { pageToken, textOrEmpty } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import { int64, text } from '../../protocol/scalars.ts';
import { wireFoundVersion } from '../../protocol/wire-registry.ts';
import { parseFilter } from '../../search/parse-filter.ts';
import { parseOrderBy } from '../../search/parse-order-by.ts';
import { takePromptClauses } from '../../search/prompt-clauses.ts';
import type { AttributeValue } from '../../search/row.ts';
import { compareSortKeys, compileSortKey, type SortKey } from '../../search/sort-key.ts';
import { checkRegistryPage } from '../check-registry-page.ts';
import { matchesIn } from '../matches-in.ts';
import { defineOperation, type Method } from '../operation.ts';
import { createOrderedRows } from '../ordered-rows.ts';
import { pageOf } from '../page-of.ts';
import { type RowReaders, readAsRow } from '../read-as-row.ts';
import { candidatesFor } from './candidates.ts';

const request = message({
  filter: text("Filter, such as name = 'm' AND version_number > 3"),
  max_results: int64('Versions in a page, 1 to 200000; 200000 when absent'),
  order_by: list(textOrEmpty('Such as "version_number DESC"'), 'Keys to sort by'),
  page_token: pageToken,
});

/** A switch, for a search asks each of 20,000 versions: a table of functions would take three times as long. */
function attributeOf(view: ModelVersionView, name: string): AttributeValue | undefined {
  const { model, version } = view;
  switch (name) {
    case 'name':
      return model.name;
    case 'version_number':
      return version.versionNumber;
    case 'run_id':
      return version.runId;
    case 'source_path':
      return version.source;
    case 'creation_timestamp':
      return version.creationTime;
    case 'last_updated_timestamp':
      return lastUpdateOf(view);
    default:
      return undefined;
  }
}

const readers: RowReaders<ModelVersionView> = {
  attribute: attributeOf,
  tag: ({ version }, key) => version.tags.get(key),
};

const orderedVersions = createOrderedRows<ModelVersionView, SortKey>();

const searchBy = (method: Method) =>
  defineOperation({
    method,
    path: '/mlflow/model-versions/search',
    since: '2.0',
    request,
    handle: async (input, { store, tokens, maxPageBytes, caller }) => {
      const maxResults = Number(input.max_results ?? MAX_MODEL_VERSION_RESULTS);
      checkRegistryPage(maxResults, MAX_MODEL_VERSION_RESULTS);
      const { filter, isForPrompts } = takePromptClauses(parseFilter('modelVersions', input.filter ?? ''));
      const orderBy = parseOrderBy('modelVersions', input.order_by);
      const order = {
        name: JSON.stringify(input.order_by ?? []),
        keyOf: readAsRow(readers)(compileSortKey(orderBy)),
        compare: (a: SortKey, b: SortKey) => compareSortKeys(orderBy, a, b),
      };
      const ordered = orderedVersions(await candidatesFor(filter, store), order);
      const { rows, isMatch } = matchesIn(ordered, filter, readers);
      const page = await pageOf({
        ...order,
        rows,
        isSorted: true,
        isMeant: ({ model }, at) =>
          // One version that is a prompt's hides them all (MLflow: _update_query_to_exclude_prompts).
          isMatch(at) && (isForPrompts || !model.hasPrompts) && mayReadModel(caller, model.name, true),
        wire: (found) => found.map(wireFoundVersion),
        maxResults,
        maxBytes: maxPageBytes,
        pageToken: input.page_token,
        list: `model versions ${JSON.stringify(input.order_by)}`,
        tokens,
      });
      return { model_versions: page.rows, next_page_token: page.nextPageToken };
    },
  });

/** MLflow knows the GET alone; R's client POSTs. */
export const searchModelVersions = [searchBy('GET'), searchBy('POST')] as const;
