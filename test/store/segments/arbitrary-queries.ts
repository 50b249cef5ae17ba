import fc from 'fast-check';
import {
  type Condition,
  type Filter,
  LIKE_COMPARATORS,
  LIST_COMPARATORS,
  NULL_COMPARATORS,
  NUMBER_COMPARATORS,
  type Target,
  TEXT_COMPARATORS,
} from '../../../functions/search/filter.ts';
import type { OrderBy } from '../../../functions/search/order-by.ts';
import { parseFilter } from '../../../functions/search/parse-filter.ts';
import { parseOrderBy } from '../../../functions/search/parse-order-by.ts';
import { RUN_FILTERS } from '../../search/facts/run-filters.ts';
import { KEYS, TEXTS } from './arbitrary-runs.ts';

const keysOfKind = {
  attribute: ['run_id', 'run_name', 'user_id', 'status', 'artifact_uri', 'start_time', 'end_time', 'none'],
  metric: KEYS,
  param: KEYS,
  tag: [...KEYS, 'none'],
  dataset: ['name', 'digest', 'context'],
} as const;

const anyTarget: fc.Arbitrary<Target> = fc
  .constantFrom('attribute', 'metric', 'param', 'tag', 'dataset')
  .chain((kind) => fc.constantFrom(...keysOfKind[kind]).map((key) => ({ kind, key })));

const anyWord = fc.constantFrom(...TEXTS, 'ann', 'FINISHED', 'run-0', 'run-7');
const anyPattern = fc.constantFrom('%', '_', 'x%', '%Y', '%a_c%', '', 'run-_', 'F%D', '%😀%', '1%');
const anyNumber = fc.oneof(
  fc.constantFrom(0, -0, 1, 1.5, 2, 2 ** 53, Number.MAX_VALUE, 2n ** 53n + 1n, -(2n ** 60n), 2n ** 70n),
  fc.double({ noNaN: true }),
);

/** Any condition, those too that no parser lets through, such as numbers against texts. */
const anyCondition: fc.Arbitrary<Condition> = anyTarget.chain((target) =>
  fc.oneof<fc.Arbitrary<Condition>[]>(
    fc.record({
      kind: fc.constant('number'),
      target: fc.constant(target),
      comparator: fc.constantFrom(...NUMBER_COMPARATORS),
      value: anyNumber,
    }),
    fc.record({
      kind: fc.constant('text'),
      target: fc.constant(target),
      comparator: fc.constantFrom(...TEXT_COMPARATORS),
      value: anyWord,
    }),
    fc.record({
      kind: fc.constant('like'),
      target: fc.constant(target),
      comparator: fc.constantFrom(...LIKE_COMPARATORS),
      value: anyPattern,
    }),
    fc.record({
      kind: fc.constant('list'),
      target: fc.constant(target),
      comparator: fc.constantFrom(...LIST_COMPARATORS),
      value: fc.array(anyWord, { maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('null'),
      target: fc.constant(target),
      comparator: fc.constantFrom(...NULL_COMPARATORS),
      value: fc.constant(undefined),
    }),
  ),
);

export const anyFilter: fc.Arbitrary<Filter<'runs'>> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...RUN_FILTERS).map(([text]) => parseFilter('runs', text)) },
  {
    weight: 3,
    arbitrary: fc.array(anyCondition, { maxLength: 3 }).map((conditions) => ({ entity: 'runs' as const, conditions })),
  },
);

const ORDERABLE = [
  'metrics.m', 'metrics.acc', 'metrics.none', 'params.p', 'params.t', 'tags.t', 'tags.__proto__', 'run_id', 'run_name',
  'user_id', 'status', 'artifact_uri', 'start_time', 'end_time',
]; // biome-ignore format: one name after the other

export const anyOrderBy: fc.Arbitrary<OrderBy<'runs'>> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...ORDERABLE), fc.constantFrom('', ' ASC', ' DESC')), {
    selector: ([name]) => name,
    maxLength: 3,
  })
  .map((items) =>
    parseOrderBy(
      'runs',
      items.map((item) => item.join('')),
    ),
  );
