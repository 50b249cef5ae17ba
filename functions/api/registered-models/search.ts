import { mayReadModel } from '../../domain/caller.ts';
import type { RegisteredModel } from '../../domain/entities.ts';
import { DEFAULT_REGISTERED_MODEL_RESULTS, MAX_REGISTERED_MODEL_RESULTS } from '../../domain/limits.ts';
import { isHiddenPrompt } from '../../domain/prompt.ts';
import { pageToken, textOrEmpty } from '../../protocol/common.ts';
import { list, message } from '../../protocol/message.ts';
import { int64, text } from '../../protocol/scalars.ts';
import type { Filter } from '../../search/filter.ts';
import { parseFilter } from '../../search/parse-filter.ts';
import { parseOrderBy } from '../../search/parse-order-by.ts';
import { takePromptClauses } from '../../search/prompt-clauses.ts';
import { compareSortKeys, compileSortKey, type SortKey } from '../../search/sort-key.ts';
import type { Store } from '../../store/store.ts';
import { checkRegistryPage } from '../check-registry-page.ts';
import { matchesIn } from '../matches-in.ts';
import { defineOperation, type Method } from '../operation.ts';
import { createOrderedRows } from '../ordered-rows.ts';
import { pageOf } from '../page-of.ts';
import { type RowReaders, readAsRow } from '../read-as-row.ts';
import { isTooLongName, textAskedFor } from './asked-for.ts';
import { wireModels } from './model-reference.ts';

const request = message({
  filter: text("Filter, such as name LIKE 'a%' AND tags.team = 'x'"),
  max_results: int64('Models in a page, 1 to 1000; 100 when absent'),
  order_by: list(textOrEmpty('Such as "last_updated_timestamp DESC"'), 'Keys to sort by'),
  page_token: pageToken,
});

const readers: RowReaders<RegisteredModel> = {
  attribute: (model, name) => (name === 'name' ? model.name : model.lastUpdateTime),
  tag: ({ tags }, key) => tags.get(key),
};

const orderedModels = createOrderedRows<RegisteredModel, SortKey>();

/** The models that a filter may find: of one that asks for a name, only that model is read. */
async function candidatesFor(filter: Filter, store: Store): Promise<readonly RegisteredModel[]> {
  const name = textAskedFor(filter, 'name');
  if (name === undefined) return store.listRegisteredModels();
  const model = isTooLongName(name) ? undefined : await store.findRegisteredModel(name);
  return model ? [model] : [];
}

const searchBy = (method: Method) =>
  defineOperation({
    method,
    path: '/mlflow/registered-models/search',
    since: '2.0',
    request,
    handle: async (input, { store, tokens, maxPageBytes, caller }) => {
      const maxResults = Number(input.max_results ?? DEFAULT_REGISTERED_MODEL_RESULTS);
      checkRegistryPage(maxResults, MAX_REGISTERED_MODEL_RESULTS);
      const { filter, isForPrompts } = takePromptClauses(parseFilter('registeredModels', input.filter ?? ''));
      const orderBy = parseOrderBy('registeredModels', input.order_by);
      const order = {
        name: JSON.stringify(input.order_by ?? []),
        keyOf: readAsRow(readers)(compileSortKey(orderBy)),
        compare: (a: SortKey, b: SortKey) => compareSortKeys(orderBy, a, b),
      };
      const ordered = orderedModels(await candidatesFor(filter, store), order);
      const { rows, isMatch } = matchesIn(ordered, filter, readers);
      const page = await pageOf({
        ...order,
        rows,
        isSorted: true,
        isMeant: ({ name, tags }, at) =>
          isMatch(at) && (isForPrompts || !isHiddenPrompt(tags)) && mayReadModel(caller, name),
        wire: (found) => wireModels(store, found),
        maxResults,
        maxBytes: maxPageBytes,
        pageToken: input.page_token,
        list: `registered models ${JSON.stringify(input.order_by)}`,
        tokens,
      });
      return { registered_models: page.rows, next_page_token: page.nextPageToken };
    },
  });

/** MLflow knows the GET alone; R's client POSTs. */
export const searchRegisteredModels = [searchBy('GET'), searchBy('POST')] as const;
