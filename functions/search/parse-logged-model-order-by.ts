import type { Fail } from './entity-table.ts';
import { loggedModelAttributes } from './fields/logged-models.ts';
import type { LoggedModelOrder, OrderBy, OrderTerm } from './order-by.ts';
import { completeOrder, failAtItem, refuseTooMany } from './parse-order-by.ts';
import { clip } from './search-error.ts';

/**
 * Reads the order_by of a search for logged models; `field_name` is `metrics.<key>` or a bare attribute. Throws
 * INVALID_PARAMETER_VALUE in MLflow's words, with the item's number (MLflow: _apply_order_by_search_logged_models).
 */
export function parseLoggedModelOrderBy(items: readonly LoggedModelOrder[]): OrderBy<'loggedModels'> {
  refuseTooMany(items);
  return completeOrder(
    'loggedModels',
    items.map((item, at) => parseItem(item, failAtItem(at))),
  );
}

function parseItem(item: LoggedModelOrder, fail: Fail): OrderTerm {
  const { field_name: name = '', ascending: isAscending = true } = item;
  const message = `Invalid order by field name: ${clip(name)}`;
  const dot = name.indexOf('.');
  if (dot < 0) {
    const order = loggedModelAttributes.get(name)?.order;
    if (order === undefined) throw fail(message);
    return { ...order, isAscending };
  }
  if (name.slice(0, dot) !== 'metrics') throw fail(`${message}. Only metrics are supported.`);
  return {
    target: { kind: 'metric', key: name.slice(dot + 1) },
    type: 'number',
    isAscending,
    datasetName: item.dataset_name,
    datasetDigest: item.dataset_digest,
  };
}
