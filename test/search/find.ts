import { compileFilter, compileLoggedModelFilter, type DatasetFilter } from '../../functions/search/compile-filter.ts';
import type { LoggedModelOrder, OrderBy } from '../../functions/search/order-by.ts';
import { parseFilter } from '../../functions/search/parse-filter.ts';
import { parseLoggedModelOrderBy } from '../../functions/search/parse-logged-model-order-by.ts';
import { parseOrderBy } from '../../functions/search/parse-order-by.ts';
import type { Entity, RowOf } from '../../functions/search/row.ts';
import { compareSortKeys, compileSortKey } from '../../functions/search/sort-key.ts';
import { EXPERIMENTS, MODELS, RUNS } from './rows.ts';

interface Labelled<Row> {
  readonly label: string;
  readonly row: Row;
}

/** The labels of rows in an order, by sort keys that went through JSON as those in page tokens do. */
function labelsInOrder<E extends Entity>(orderBy: OrderBy<E>, rows: readonly Labelled<RowOf[E]>[]): string {
  const keyOf = compileSortKey(orderBy);
  return rows
    .map(({ label, row }) => ({ label, key: JSON.parse(JSON.stringify(keyOf(row))) }))
    .sort((a, b) => compareSortKeys(orderBy, a.key, b.key))
    .map(({ label }) => label)
    .join(' ');
}

export function findExperiments(filter: string, orderBy: readonly string[] = []): string {
  const test = compileFilter(parseFilter('experiments', filter));
  return labelsInOrder(
    parseOrderBy('experiments', orderBy),
    EXPERIMENTS.filter(({ row }) => test(row)),
  );
}

export function findRuns(filter: string, orderBy: readonly string[] = []): string {
  const test = compileFilter(parseFilter('runs', filter));
  return labelsInOrder(
    parseOrderBy('runs', orderBy),
    RUNS.filter(({ row }) => test(row)),
  );
}

interface ModelSearch {
  readonly orderBy?: readonly LoggedModelOrder[];
  readonly datasets?: readonly DatasetFilter[];
}

export function findModels(filter: string, { orderBy = [], datasets = [] }: ModelSearch = {}): string {
  const test = compileLoggedModelFilter(parseFilter('loggedModels', filter), datasets);
  return labelsInOrder(
    parseLoggedModelOrderBy(orderBy),
    MODELS.filter(({ row }) => test(row)),
  );
}
