import { mayReadModel } from '../../domain/caller.ts';
import type { ModelVersionView } from '../../domain/entities.ts';
import { MAX_MODEL_VERSION_RESULTS } from '../../domain/limits.ts';
import { lastUpdateOf } from '../../domain/model-version.ts';
import { pageToken, textOrEmpty } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import { int64, text } from '../../protocol/scalars.ts';
import { wireFoundVersion } from '../../protocol/wire-registry.ts';
import { compileFilter } from '../../search/compile-filter.ts';
import { parseFilter } from '../../search/parse-filter.ts';
import { parseOrderBy } from '../../search/parse-order-by.ts';
import { takePromptClauses } from '../../search/prompt-clauses.ts';
import type { AttributeValue, RegistryRow } from '../../search/row.ts';
import { compareSortKeys, compileSortKey, type SortKey } from '../../search/sort-key.ts';
import { checkRegistryPage } from '../check-registry-page.ts';
import { defineOperation, type Method } from '../operation.ts';
import { createOrderedRows } from '../ordered-rows.ts';
import { pageOf } from '../page-of.ts';
import { candidatesFor } from './candidates.ts';

const request = message({
  filter: text("Filter, such as name = 'm' AND version_number > 3"),
  max_results: int64('Versions in a page, 1 to 200000; 200000 when absent'),
  order_by: list(textOrEmpty('Such as "version_number DESC"'), 'Keys to sort by'),
  page_token: pageToken,
});

const ATTRIBUTES: Readonly<Record<string, (view: ModelVersionView) => AttributeValue>> = {
  name: ({ model }) => model.name,
  version_number: ({ version }) => version.versionNumber,
  run_id: ({ version }) => version.runId,
  source_path: ({ version }) => version.source,
  creation_timestamp: ({ version }) => version.creationTime,
  last_updated_timestamp: lastUpdateOf,
};

/** A class, for a search makes a row of each version: closures for each of 20,000 would take longer. */
class FoundVersion implements RegistryRow {
  readonly view: ModelVersionView;

  constructor(view: ModelVersionView) {
    this.view = view;
  }

  attribute(name: string) {
    return ATTRIBUTES[name]?.(this.view);
  }

  tag(key: string) {
    return this.view.version.tags.get(key);
  }
}

const orderedRows = createOrderedRows((view: ModelVersionView) => new FoundVersion(view));

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
      const matches = compileFilter(filter);
      const orderBy = parseOrderBy('modelVersions', input.order_by);
      const order = {
        name: JSON.stringify(input.order_by ?? []),
        keyOf: compileSortKey(orderBy),
        compare: (a: SortKey, b: SortKey) => compareSortKeys(orderBy, a, b),
      };
      const page = await pageOf({
        ...orderedRows(await candidatesFor(filter, store), order),
        ...order,
        isMeant: (found) => {
          const { model } = found.view;
          // One version that is a prompt's hides them all (MLflow: _update_query_to_exclude_prompts).
          return (isForPrompts || !model.hasPrompts) && matches(found) && mayReadModel(caller, model.name, true);
        },
        wire: (found) => found.map(({ view }) => wireFoundVersion(view)),
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
