import type { Filter } from '../search/filter.ts';
import { compileValueTest } from '../search/value-test.ts';
import type { OrderedRows } from './ordered-rows.ts';
import type { RowReaders } from './read-as-row.ts';

type RegistryFilter = Filter<'registeredModels'> | Filter<'modelVersions'>;

/**
 * Makes the test of the row at a place. It looks at columns: to read 20,000 rows for a clause, one here and one there in memory,
 * takes several times as long.
 */
export function matchesIn<Row>(
  { column }: Pick<OrderedRows<Row>, 'column'>,
  { conditions }: RegistryFilter,
  { attribute, tag }: RowReaders<Row>,
): (at: number) => boolean {
  const tests = conditions.map((condition) => {
    const test = compileValueTest(condition);
    const { kind, key } = condition.target;
    const read = kind === 'tag' ? tag : attribute;
    const values = column(`${kind} ${key}`, (row) => read(row, key));
    return (at: number) => test(values[at]);
  });
  const [first, ...others] = tests;
  if (!first) return () => true;
  return (at) => first(at) && others.every((test) => test(at));
}
