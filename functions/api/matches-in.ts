import type { Filter } from '../search/filter.ts';
import { compileValueTest } from '../search/value-test.ts';
import type { OrderedRows } from './ordered-rows.ts';
import type { RowReaders } from './read-as-row.ts';

type RegistryFilter = Filter<'registeredModels'> | Filter<'modelVersions'>;

/** Rows in their order, and which of them match by their places. */
export interface Matches<Row> {
  readonly rows: readonly Row[];
  readonly isMatch: (at: number) => boolean;
}

/**
 * Finds what matches a filter. It looks at columns: to read 20,000 rows for a clause, one here and one there in memory, takes
 * several times as long. The first time the reader stops at the end of a page; for whoever turns pages, or asks again and again,
 * all that match are found once.
 */
export function matchesIn<Row>(
  { rows, column, passing }: OrderedRows<Row>,
  { conditions }: RegistryFilter,
  { attribute, tag }: RowReaders<Row>,
): Matches<Row> {
  const tests = conditions.map((condition) => {
    const test = compileValueTest(condition);
    const { kind, key } = condition.target;
    const read = kind === 'tag' ? tag : attribute;
    const values = column(`${kind} ${key}`, (row) => read(row, key));
    return (at: number) => test(values[at]);
  });
  const [first, ...others] = tests;
  if (!first) return { rows, isMatch: () => true };
  const isMatch = (at: number) => first(at) && others.every((test) => test(at));
  const found = passing(nameOf(conditions), isMatch);
  return found ? { rows: found, isMatch: () => true } : { rows, isMatch };
}

/** Numbers may be bigints, which JSON does not write. */
const nameOf = (conditions: RegistryFilter['conditions']): string =>
  JSON.stringify(conditions, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
