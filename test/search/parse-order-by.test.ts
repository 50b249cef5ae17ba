import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MlflowError } from '../../functions/domain/errors.ts';
import type { OrderBy } from '../../functions/search/order-by.ts';
import { parseLoggedModelOrderBy } from '../../functions/search/parse-logged-model-order-by.ts';
import { parseOrderBy } from '../../functions/search/parse-order-by.ts';
import { refusalOf } from './expect-refusal.ts';

const printOrder = ({ terms }: OrderBy) =>
  terms.map(({ target, isAscending }) => `${target.kind}.${target.key} ${isAscending ? 'ASC' : 'DESC'}`).join(', ');

const TIES = 'attribute.start_time DESC, attribute.run_id ASC';

describe('the order of runs', () => {
  it.each([
    [[], TIES],
    [['metrics.m'], `metric.m ASC, ${TIES}`],
    [['param.`a b` DESC', 'tag."c.d" asc'], `param.a b DESC, tag.c.d ASC, ${TIES}`],
    [['created'], 'attribute.start_time ASC, attribute.run_id ASC'],
    [['run_id desc'], 'attribute.run_id DESC, attribute.start_time DESC'],
    [['run.status DESC', 'attr.Created'], 'attribute.status DESC, attribute.start_time ASC, attribute.run_id ASC'],
    [['"metrics.m" DESC', '`params.m` ASC'], `metric.m DESC, param.m ASC, ${TIES}`],
    [["tags.`it's` DESC"], `tag.it's DESC, ${TIES}`],
  ])('by %j is %s', (items, order) => {
    expect(printOrder(parseOrderBy('runs', items))).toBe(order);
  });

  it.each([
    ['metrics.m FOO', "Invalid ordering key in order_by clause 'metrics.m FOO'."],
    ['metrics.m =', "Invalid order_by clause 'metrics.m ='. Could not be parsed."],
    ['metrics.m DESC DESC', "Invalid order_by clause 'metrics.m DESC DESC'. Could not be parsed."],
    [
      '`metrics.m`',
      "Invalid entity type '`metrics'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']",
    ],
    ['"run name" DESC', "Invalid attribute key 'run name' specified. Valid keys are '{'run_id', 'run_name', "],
    [`tags.${'x'.repeat(1000)}`, "Invalid order_by clause 'tags.xxx"],
  ])('refuses %j as the second item', (item, message) => {
    const refusal = refusalOf(() => parseOrderBy('runs', ['start_time', item]));
    expect(refusal).toContain(message);
    expect(refusal).toMatch(/ \(at order_by item 2\)$/);
  });
});

describe('the order of experiments', () => {
  it.each([
    [[], 'attribute.creation_time DESC, attribute.experiment_id ASC'],
    [['name'], 'attribute.name ASC, attribute.experiment_id DESC'],
    [['experiment_id', 'name DESC'], 'attribute.experiment_id ASC, attribute.name DESC'],
    [['name', 'name DESC'], 'attribute.name ASC, attribute.name DESC, attribute.experiment_id DESC'],
  ])('by %j is %s', (items, order) => {
    expect(printOrder(parseOrderBy('experiments', items))).toBe(order);
  });
});

describe('the order of logged models', () => {
  it.each([
    [[], 'attribute.creation_timestamp_ms DESC, attribute.model_id ASC'],
    [[{ field_name: 'creation_time' }], 'attribute.creation_timestamp_ms ASC, attribute.model_id ASC'],
    [
      [{ field_name: 'metrics.a.b', ascending: false }, { field_name: 'model_id' }],
      'metric.a.b DESC, attribute.model_id ASC, attribute.creation_timestamp_ms DESC',
    ],
  ])('by %j is %s', (items, order) => {
    expect(printOrder(parseLoggedModelOrderBy(items))).toBe(order);
  });
});

describe('order_by', () => {
  it('has at most 100 items', () => {
    const message = 'Invalid order_by: it has 101 items; at most 100 are allowed';
    expect(refusalOf(() => parseOrderBy('experiments', Array(101).fill('name')))).toBe(message);
    expect(refusalOf(() => parseLoggedModelOrderBy(Array(101).fill({ field_name: 'name' })))).toBe(message);
    expect(() => parseOrderBy('experiments', Array(100).fill('name'))).not.toThrow();
  });

  it('throws MlflowError and nothing else, whatever the item', () => {
    const pieces = fc.constantFrom(
      'metrics.',
      'tags',
      '`',
      '"',
      "'",
      '.',
      'a',
      ' ',
      'DESC',
      'asc',
      ',',
      '😀',
      '\ud800',
      '1',
      '__proto__',
    );
    const items = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(items, (item) => {
        const actions = [
          () => parseOrderBy('runs', [item]),
          () => parseOrderBy('experiments', [item]),
          () => parseLoggedModelOrderBy([{ field_name: item }]),
        ];
        for (const action of actions)
          expect(errorOf(action)).toSatisfy((error) => error === undefined || error instanceof MlflowError);
      }),
      { seed: 7, numRuns: 1000 },
    );
  });
});

function errorOf(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}
