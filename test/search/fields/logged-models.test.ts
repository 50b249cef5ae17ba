import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../../functions/search/compile-filter.ts';
import { parseFilter } from '../../../functions/search/parse-filter.ts';
import { PLACE, refusalOf } from '../expect-refusal.ts';
import { LOGGED_MODEL_DATASETS } from '../facts/logged-model-datasets.ts';
import { LOGGED_MODEL_FILTERS } from '../facts/logged-model-filters.ts';
import { LOGGED_MODEL_ORDER_REFUSALS, LOGGED_MODEL_ORDERS } from '../facts/logged-model-orders.ts';
import { LOGGED_MODEL_REFUSALS } from '../facts/logged-model-refusals.ts';
import { findModels } from '../find.ts';
import { modelRow, point } from '../rows.ts';

const refusalOfFilter = (filter: string) => refusalOf(() => parseFilter('loggedModels', filter));

describe('a search for logged models, as MLflow answers it', () => {
  it.each(LOGGED_MODEL_FILTERS)('finds by %j: %s', (filter, found) => {
    expect(findModels(filter)).toBe(found);
  });

  it.each(LOGGED_MODEL_REFUSALS)('refuses %j: %s', (filter, message) => {
    expect(refusalOfFilter(filter)).toContain(message);
    expect(refusalOfFilter(filter)).toMatch(PLACE);
  });

  it.each(LOGGED_MODEL_DATASETS)('finds on %j by %j: %s', (datasets, filter, found) => {
    expect(findModels(filter, { datasets })).toBe(found);
  });

  it.each([[[{ dataset_name: '' }]], [[{ dataset_digest: 'g1' }]], [[{ dataset_name: 'ds' }, {}]]])(
    'refuses the datasets %j, as one has no name',
    (datasets) => {
      const message = '`dataset_name` in the `datasets` clause must be specified.';
      expect(refusalOf(() => findModels('', { datasets }))).toBe(message);
    },
  );

  it.each(LOGGED_MODEL_ORDERS)('orders by %j: %s', (orderBy, found) => {
    expect(findModels('', { orderBy })).toBe(found);
  });

  it.each(LOGGED_MODEL_ORDER_REFUSALS)('refuses to order by %j: %s', (orderBy, message) => {
    expect(refusalOf(() => findModels('', { orderBy }))).toContain(message);
  });
});

describe('a search for logged models, otherwise than MLflow answers it', () => {
  it.each([
    ["status = 'READY'", 'a'],
    ["status = 'LOGGED_MODEL_READY'", 'a'],
    ["status != 'READY'", 'f e d c b'],
    ["status IN ('READY', 'UPLOAD_FAILED')", 'b a'],
    ["status = 'FINISHED'", ''],
    ["status LIKE '%READY'", 'a'],
    ["experiment_id = '013'", 'f e d c b a'],
    ["experiment_id = 'x'", ''],
    ['attributes.creation_time > 14', 'f e'],
    ['attributes.creation_timestamp > 14', 'f e'],
    ["name IN ('al\\x70ha')", ''],
  ])('finds by %j: %s', (filter, found) => {
    expect(findModels(filter)).toBe(found);
  });

  it.each([
    ["foo = 'x'", "Invalid attribute key 'foo' specified. Valid keys are '{'model_id', "],
    ["attributes.foo = 'x'", "Invalid attribute key 'foo' specified."],
    ["artifact_uri = 'x'", "Invalid attribute key 'artifact_uri' specified."],
    ['"name" = \'alpha\'', 'Invalid attribute key \'"name"\' specified.'],
    ["Metrics.acc = 'x'", "Invalid attribute key 'Metrics.acc' specified."],
    ["tags = 'x'", "Invalid attribute key 'tags' specified."],
    ["'name' = 'alpha'", "Invalid filter string: \"'name' = 'alpha'\". Expected a list of comparisons"],
    ["metrics.acc > '0.5'", "Expected numeric value type for metric. Found '0.5'"],
    ['metrics.acc > nan', 'Expected numeric value type for metric. Found nan'],
    ["creation_time > '5'", "Expected numeric value type for numeric attribute: creation_time. Found '5'"],
    ['name IN (1)', 'but got different type in list: (1)'],
    ['name IN (alpha)', 'but got ill-formed list.'],
    ["name = ('alpha')", "Invalid comparison operator for attributes.name: '='. Expected one of ('IN', 'NOT IN')."],
  ])('refuses %j: %s', (filter, message) => {
    expect(refusalOfFilter(filter)).toContain(message);
  });

  it.each([
    ['', 'd c b a'],
    ['metrics.acc > 0.5', 'c a'],
    ['metrics.acc < 0.25', 'b a'],
    ["name = 'alpha'", 'c a'],
    ['metrics.loss > 0', 'd'],
    ["attributes.creation_time > 11 AND tags.t = 'y' AND params.p = '2'", 'b'],
  ])('takes a dataset without a digest for all of its digests: %j finds %s', (filter, found) => {
    expect(findModels(filter, { datasets: [{ dataset_name: 'ds' }] })).toBe(found);
  });

  it('lets NaN pass != only', () => {
    const row = modelRow({ attributes: {}, metrics: [point('acc', Number.NaN, 'r1')] });
    const passes = (filter: string) => compileFilter(parseFilter('loggedModels', filter))(row);
    expect(['<', '<=', '>', '>=', '=', '!='].filter((operator) => passes(`metrics.acc ${operator} 0`))).toEqual(['!=']);
  });

  it.each(['metrics', 'tags', 'metadata', 'constructor', '__proto__'])('refuses to order by %s', (name) => {
    const message = `Invalid order by field name: ${name} (at order_by item 1)`;
    expect(refusalOf(() => findModels('', { orderBy: [{ field_name: name }] }))).toBe(message);
  });
});
