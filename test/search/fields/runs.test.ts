import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../functions/search/parse-filter.ts';
import { refusalOf } from '../expect-refusal.ts';
import { RUN_FILTERS } from '../facts/run-filters.ts';
import { RUN_ORDER_REFUSALS, RUN_ORDERS } from '../facts/run-orders.ts';
import { RUN_REFUSALS } from '../facts/run-refusals.ts';
import { findRuns } from '../find.ts';

const refusalOfFilter = (filter: string) => refusalOf(() => parseFilter('runs', filter));

describe('a search for runs, as MLflow answers it', () => {
  it.each(RUN_FILTERS)('finds by %j: %s', (filter, found) => {
    expect(findRuns(filter)).toBe(found);
  });

  it.each(RUN_REFUSALS)('refuses %j: %s', (filter, message) => {
    expect(refusalOfFilter(filter)).toContain(message);
  });

  it.each(RUN_ORDERS)('orders by %j: %s', (orderBy, found) => {
    expect(findRuns('', orderBy)).toBe(found);
  });

  it.each(RUN_ORDER_REFUSALS)('refuses to order by %j: %s', (orderBy, message) => {
    expect(refusalOf(() => findRuns('', orderBy))).toContain(message);
  });
});

describe('a search for runs, otherwise than MLflow answers it', () => {
  it.each([
    ['metrics.m > 1e+2', 'r5'],
    ['metrics.0x1f > 0', 'r11'],
    ['metrics.1 > 0', ''],
    ["params.x-y = 'v'", 'r4'],
    ["tags.a/b = 's'", 'r11'],
    ['params.p IS  NOT\tNULL', 'r6 r4 r3 r9 r7 r2 r10 r1 r5'],
    ['start_time > 99999999999999999999', ''],
    ["start_time > -99999999999999999999 AND user_id = 'alice'", 'r1'],
    ["datasets.name IN ('tr\\x61in')", ''],
    ['run_id IN (\'de15\', "a40a", )', 'r2 r1'],
    ["run_id NOT IN ('de15') AND user_id = ''", 'r6 r4 r3 r9 r7 r2 r11 r10 r8 r12 r5'],
    [Array(70).fill('metrics.m > 1').join(' AND '), 'r9 r1 r5'],
  ])('finds by %j: %s', (filter, found) => {
    expect(findRuns(filter)).toBe(found);
  });

  it.each([
    ["run_id IN ('x' 'y')", "but got ill-formed list. (at character 16: 'y')"],
    ['run_id IN (x)', 'but got ill-formed list. (at character 12: x)'],
    ["run_id IN (('x'))", 'but got ill-formed list. (at character 12: ()'],
    ["run_id = ('x')", "Invalid comparator '=' not one of '{'IN', 'NOT IN'}' (at character 8: =)"],
    ['metrics. m > 0', "Invalid clause(s) in filter string: 'm' (at character 10: m)"],
  ])('refuses %j: %s', (filter, message) => {
    expect(refusalOfFilter(filter)).toContain(message);
  });

  it.each([
    [['metrics.m', 'metrics.m'], "`order_by` contains duplicate fields: ['metrics.m', 'metrics.m']"],
    [['metric.m ASC', 'metrics.m DESC'], "`order_by` contains duplicate fields: ['metric.m ASC', 'metrics.m DESC']"],
    [['start_time', 'created'], "`order_by` contains duplicate fields: ['start_time', 'created']"],
  ])('refuses to order by %j: %s', (orderBy, message) => {
    expect(refusalOf(() => findRuns('', orderBy))).toBe(message);
  });

  it('orders by a key with a quote in it', () => {
    expect(findRuns("user_id = 'alice'", ['tags.`a"b`'])).toBe('r1');
  });
});

describe('the place in a refusal', () => {
  it.each([
    ["metrics.m > 1 OR params.p = '1'", ' (at character 15: OR)'],
    ['metrics.m BETWEEN 1 AND 2', ' (at character 11: BETWEEN)'],
    ["tags.`😀` = 'x' NOT tags.t = 'x'", ' (at character 16: NOT)'],
    ["params.p = 'a", " (at character 12: 'a)"],
    ["params.p = '10' AND foo.bar = 'x'", ' (at character 21: foo.bar)'],
    ['params.p == 1', ' (at character 13: 1)'],
    ["params.p == '1'", ' (at character 10: ==)'],
    ['  ', ' (at character 3: the end)'],
    ["params.p = '1';", ' (at character 15: ;)'],
    [`metrics.m > '${'x'.repeat(50)}'`, ` (at character 13: '${'x'.repeat(39)}…)`],
  ])('of %j is%s', (filter, place) => {
    expect(refusalOfFilter(filter)).toMatch(new RegExp(`${escaped(place)}$`));
  });
});

const escaped = (text: string) => text.replace(/[()^$.*+?[\]{}|\\]/g, '\\$&');
