import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderBy } from '../../functions/search/order-by.ts';
import { parseLoggedModelOrderBy } from '../../functions/search/parse-logged-model-order-by.ts';
import { parseOrderBy } from '../../functions/search/parse-order-by.ts';
import type { AttributeValue, RunRow } from '../../functions/search/row.ts';
import { compareSortKeys, compileSortKey, type SortKey } from '../../functions/search/sort-key.ts';
import { experimentRow, modelRow, point, runRow } from './rows.ts';

const throughJson = (key: SortKey): SortKey => JSON.parse(JSON.stringify(key));

const SPECIAL_NUMBERS = [0, -0, 1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MAX_VALUE];
const metric = fc.oneof(fc.constantFrom(...SPECIAL_NUMBERS), fc.double());
const time = fc.oneof(
  fc.nat({ max: 3 }),
  fc.constantFrom<AttributeValue>(9007199254740993n, 9007199254740994n, -9007199254740993n),
);
const text = fc.oneof(
  fc.constantFrom('', 'a', 'NaN', '10', '9', '\uff5e', '😀', '\ud800'),
  fc.string({ unit: 'binary' }),
);

const runOf = fc.record({ m: metric, p: text, start_time: time, end_time: time }, { requiredKeys: [] });

/** Runs of which some have the same values, each with an id of its own. */
const runs = fc.array(runOf, { maxLength: 12 }).map((specs) =>
  specs.map(({ m, p, ...times }, id) =>
    runRow({
      attributes: { run_id: `r${id}`, ...times },
      ...(m !== undefined && { metrics: { m } }),
      ...(p !== undefined && { params: { p } }),
    }),
  ),
);

const item = fc.constantFrom('metrics.m', 'params.p', 'start_time', 'end_time', 'run_id');
const direction = fc.constantFrom('', ' ASC', ' DESC');
const orderBy = fc
  .uniqueArray(item, { maxLength: 4 })
  .chain((items) => fc.tuple(...items.map((one) => direction.map((way) => one + way))))
  .map((items): OrderBy<'runs'> => parseOrderBy('runs', items));

const keysOf = (order: OrderBy<'runs'>, rows: readonly RunRow[]) => rows.map(compileSortKey(order)).map(throughJson);

/** Pages through keys as a search does: each page starts behind the last key of the one before it. */
function pagesOf(order: OrderBy, keys: readonly SortKey[], size: number): readonly SortKey[] {
  const seen: SortKey[] = [];
  let last: SortKey | undefined;
  for (;;) {
    const resumeAt = last;
    const rest = keys.filter((key) => resumeAt === undefined || compareSortKeys(order, key, resumeAt) > 0);
    const page = rest.sort((a, b) => compareSortKeys(order, a, b)).slice(0, size);
    if (page.length === 0) return seen;
    seen.push(...page);
    last = throughJson(page.at(-1) ?? []);
  }
}

describe('compareSortKeys', () => {
  it('is a total order, whatever the rows and the order', () => {
    fc.assert(
      fc.property(orderBy, runs, (order, rows) => {
        const keys = keysOf(order, rows);
        const compare = (a: SortKey, b: SortKey) => Math.sign(compareSortKeys(order, a, b)) + 0;
        for (const a of keys) {
          for (const b of keys) {
            expect(compare(a, b)).toBe(0 - compare(b, a));
            expect(compare(a, b) === 0).toBe(a === b);
            for (const c of keys) if (compare(a, b) < 0 && compare(b, c) < 0) expect(compare(a, c)).toBe(-1);
          }
        }
      }),
      { seed: 8 },
    );
  });

  it('lets pages visit each row once, in order', () => {
    fc.assert(
      fc.property(orderBy, runs, fc.integer({ min: 1, max: 5 }), (order, rows, size) => {
        const keys = keysOf(order, rows);
        const sorted = keys.toSorted((a, b) => compareSortKeys(order, a, b));
        expect(pagesOf(order, keys, size)).toEqual(sorted);
      }),
      { seed: 9 },
    );
  });

  it.each([
    ['metrics.m', '-Infinity -1 0 9007199254740992 Infinity NaN -'],
    ['metrics.m DESC', 'Infinity 9007199254740992 0 -1 -Infinity NaN -'],
  ])('puts NaN behind numbers and missing ones last, by %s', (order, sorted) => {
    const values = [Number.NaN, 9007199254740992, undefined, -1, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const parsed = parseOrderBy('runs', [order]);
    const rows = values.map((m) => runRow({ attributes: {}, ...(m !== undefined && { metrics: { m } }) }));
    const labelled = keysOf(parsed, rows).map((key, at) => ({ key, label: String(values[at] ?? '-') }));
    const labels = labelled.sort((a, b) => compareSortKeys(parsed, a.key, b.key)).map(({ label }) => label);
    expect(labels.join(' ')).toBe(sorted);
  });

  it('takes a missing part for a missing value', () => {
    const order = parseOrderBy('runs', []);
    expect(compareSortKeys(order, [], [1, 'a'])).toBe(1);
    expect(compareSortKeys(order, [], [null, null])).toBe(0);
  });
});

describe('compileSortKey', () => {
  const keyOf = (attributes: Readonly<Record<string, AttributeValue>>, m: number) =>
    compileSortKey(parseOrderBy('runs', ['metrics.m', 'end_time']))(runRow({ attributes, metrics: { m } }));

  it('writes what JSON does not keep as text', () => {
    expect(keyOf({ start_time: 9007199254740993n, end_time: 5, run_id: 'a' }, Number.NaN)).toEqual([
      'NaN',
      5,
      '9007199254740993',
      'a',
    ]);
    expect(keyOf({}, Number.NEGATIVE_INFINITY)).toEqual(['-Infinity', null, null, null]);
  });

  it('reads the ids of experiments as numbers', () => {
    const order = parseOrderBy('experiments', []);
    const row = (id: string) => experimentRow({ attributes: { creation_time: 1, experiment_id: id } });
    const [nine, ten] = ['9', '10'].map((id) => compileSortKey(order)(row(id)));
    expect(nine).toEqual([1, 9]);
    expect(compareSortKeys(order, nine ?? [], ten ?? [])).toBe(-1);
  });

  it('reads the statuses of logged models as their numbers', () => {
    const order = parseLoggedModelOrderBy([{ field_name: 'status' }]);
    const key = compileSortKey(order)(modelRow({ attributes: { status: 'LOGGED_MODEL_UPLOAD_FAILED' } }));
    expect(key).toEqual([2, null, null]);
  });

  it.each([
    ['the latest timestamp', [point('a', 1, 'r1', { timestamp: 2 }), point('a', 2, 'r1', { timestamp: 1, step: 9 })]],
    ['the highest step of one timestamp', [point('a', 2, 'r1'), point('a', 1, 'r1', { step: 2 })]],
    ['the lowest run id of one step', [point('a', 2, 'r1'), point('a', 1, 'r11')]],
    ['the key that was asked for', [point('b', 2, 'r1', { timestamp: 9 }), point('a', 1, 'r1')]],
  ])('takes of a logged model the metric of %s', (_name, metrics) => {
    const order = parseLoggedModelOrderBy([{ field_name: 'metrics.a' }]);
    expect(compileSortKey(order)(modelRow({ attributes: {}, metrics })).at(0)).toBe(1);
  });

  it('tells an order that no check lets through', () => {
    const [term] = parseOrderBy('runs', ['metrics.m']).terms;
    expect(() => compileSortKey({ entity: 'experiments', terms: term ? [term] : [] })).toThrow(/has a metric/);
  });
});
