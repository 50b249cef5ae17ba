import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../functions/search/parse-filter.ts';
import { PLACE, refusalOf } from '../expect-refusal.ts';
import { EXPERIMENT_FILTERS } from '../facts/experiment-filters.ts';
import { EXPERIMENT_ORDER_REFUSALS, EXPERIMENT_ORDERS } from '../facts/experiment-orders.ts';
import { EXPERIMENT_REFUSALS } from '../facts/experiment-refusals.ts';
import { findExperiments } from '../find.ts';

const refusalOfFilter = (filter: string) => refusalOf(() => parseFilter('experiments', filter));

describe('a search for experiments, as MLflow answers it', () => {
  it.each(EXPERIMENT_FILTERS)('finds by %j: %s', (filter, found) => {
    expect(findExperiments(filter)).toBe(found);
  });

  it.each(EXPERIMENT_REFUSALS)('refuses %j: %s', (filter, message) => {
    expect(refusalOfFilter(filter)).toContain(message);
    expect(refusalOfFilter(filter)).toMatch(PLACE);
  });

  it.each(EXPERIMENT_ORDERS)('orders by %j: %s', (orderBy, found) => {
    expect(findExperiments('', orderBy)).toBe(found);
  });

  it.each(EXPERIMENT_ORDER_REFUSALS)('refuses to order by %j: %s', (orderBy, message) => {
    expect(refusalOf(() => findExperiments('', orderBy))).toContain(message);
  });
});

describe('a search for experiments, otherwise than MLflow answers it', () => {
  it.each([
    ["name like 'a%'", '8 2 1'],
    ["tags.k ilike 'A%'", '8 7 3 2 1'],
    ["experiment_id in ('2', '3')", '3 2'],
    ["`tags`.k = 'a'", '2'],
    ["experiment_id = '99999999999999999999'", ''],
    ["creation_time < 99999999999999999999 AND name = 'a'", '2'],
  ])('finds by %j: %s', (filter, found) => {
    expect(findExperiments(filter)).toBe(found);
  });

  it.each([
    ["experiment_id = ('2')", 'Invalid comparator for experiment_id: = (at character 15: =)'],
    ["experiment_id = '1_3'", "Invalid experiment ID '1_3'. Experiment ID must be a valid integer."],
  ])('refuses %j: %s', (filter, message) => {
    expect(refusalOfFilter(filter)).toContain(message);
  });
});
