import type { Scalar } from './entity-table.ts';
import type { Condition, NumberComparator } from './filter.ts';
import { compileIlike, compileLike } from './like/compile-like.ts';

/** Whether one value, or its absence, satisfies a condition. */
export type ValueTest = (value: Scalar | undefined) => boolean;

/** Makes a condition's test of values; a missing one passes IS NULL only (MLflow: an inner join drops the row). */
export function compileValueTest(condition: Condition): ValueTest {
  switch (condition.kind) {
    case 'number': {
      const test = NUMBER_TESTS[condition.comparator];
      return (value) => value !== undefined && typeof value !== 'string' && test(value, condition.value);
    }
    case 'text': {
      const isEqual = condition.comparator === '=';
      return (value) => value !== undefined && (value === condition.value) === isEqual;
    }
    case 'like': {
      const test = condition.comparator === 'LIKE' ? compileLike(condition.value) : compileIlike(condition.value);
      return (value) => typeof value === 'string' && test(value);
    }
    case 'list': {
      const listed: ReadonlySet<Scalar> = new Set(condition.value);
      const isIn = condition.comparator === 'IN';
      return (value) => value !== undefined && listed.has(value) === isIn;
    }
    case 'null': {
      const isNull = condition.comparator === 'IS NULL';
      return (value) => (value === undefined) === isNull;
    }
    default:
      return unreachable(condition);
  }
}

type Num = number | bigint;

const isSame = (value: Num, wanted: Num): boolean => value >= wanted && value <= wanted;

/** Numbers and bigints compare exactly. NaN passes != only (MLflow: is_nan in _get_sqlalchemy_filter_clauses). */
const NUMBER_TESTS: Readonly<Record<NumberComparator, (value: Num, wanted: Num) => boolean>> = {
  '<': (value, wanted) => value < wanted,
  '<=': (value, wanted) => value <= wanted,
  '>': (value, wanted) => value > wanted,
  '>=': (value, wanted) => value >= wanted,
  '=': isSame,
  '!=': (value, wanted) => !isSame(value, wanted),
};

function unreachable(condition: never): never {
  throw new Error(`Not a condition: ${JSON.stringify(condition)}`);
}
