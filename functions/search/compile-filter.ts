import type { ModelMetric } from '../domain/entities.ts';
import { invalidParameter } from '../domain/errors.ts';
import type { EntityTable } from './entity-table.ts';
import { ENTITY_TABLES } from './fields/entity-tables.ts';
import type { Condition, Filter } from './filter.ts';
import type { Entity, LoggedModelRow, RowOf } from './row.ts';
import { compileValueTest } from './value-test.ts';

type RowTest<Row> = (row: Row) => boolean;

/** Makes the test that a row must pass: made once per request, cheap per row. */
export function compileFilter<E extends Entity>(filter: Filter<E>): RowTest<RowOf[E]> {
  const table: EntityTable<RowOf[E]> = ENTITY_TABLES[filter.entity];
  const tests = filter.conditions.map((condition) => compileCondition(condition, table));
  return (row) => tests.every((test) => test(row));
}

/** One of the datasets that a search for logged models is limited to, as on the wire; without a digest, any digest will do. */
export interface DatasetFilter {
  readonly dataset_name?: string | undefined;
  readonly dataset_digest?: string | undefined;
}

/**
 * As `compileFilter`; clauses on metrics see those of the datasets only, and without such a clause the model must have
 * any metric on them. Throws INVALID_PARAMETER_VALUE for a dataset without a name
 * (MLflow: _apply_filter_string_datasets_search_logged_models).
 */
export function compileLoggedModelFilter(
  filter: Filter<'loggedModels'>,
  datasets: readonly DatasetFilter[],
): RowTest<LoggedModelRow> {
  if (datasets.some(({ dataset_name }) => !dataset_name)) {
    throw invalidParameter('`dataset_name` in the `datasets` clause must be specified.');
  }
  const test = compileFilter(filter);
  if (datasets.length === 0) return test;
  const isListed = (metric: ModelMetric) => datasets.some((dataset) => isOn(dataset, metric));
  const hasMetricClause = filter.conditions.some(({ target }) => target.kind === 'metric');
  return (row) => {
    const listed = row.metrics().filter(isListed);
    return (hasMetricClause || listed.length > 0) && test(withMetrics(row, listed));
  };
}

/** Not a spread: a row may be an instance of a class. */
const withMetrics = (row: LoggedModelRow, metrics: readonly ModelMetric[]): LoggedModelRow => ({
  attribute: (name) => row.attribute(name),
  param: (key) => row.param(key),
  tag: (key) => row.tag(key),
  metrics: () => metrics,
});

// MLflow over REST takes a missing digest for NULL and finds nothing; its own file store takes it for any.
const isOn = ({ dataset_name, dataset_digest }: DatasetFilter, metric: ModelMetric): boolean =>
  metric.datasetName === dataset_name && (!dataset_digest || metric.datasetDigest === dataset_digest);

function compileCondition<Row>(condition: Condition, { one, many }: EntityTable<Row>): RowTest<Row> {
  const test = compileValueTest(condition);
  const { kind, key } = condition.target;
  const readOne = one[kind];
  if (readOne !== undefined) return (row) => test(readOne(row, key));
  const readMany = many[kind];
  if (readMany !== undefined) return (row) => readMany(row, key).some(test);
  throw new Error(`No checked filter of this entity has a ${kind}`);
}
