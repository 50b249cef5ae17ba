import { describe, expect, test } from 'vitest';
import { type AttributeName, isSortable, parseColumnId } from '../../../../web/pages/runs/column-id.ts';
import { sortHere, valueToSortBy } from '../../../../web/pages/runs/sort-here.ts';
import { figuresOf, statisticsIn } from '../../../../web/pages/runs/statistics/statistics.ts';
import { run } from './run.ts';

const statistics = new Map(
  Object.entries({ a: 2, b: 1, c: Number.NaN, d: 3 }).map(([runId, value]) => [
    runId,
    new Map([['loss', figuresOf({ values: Float64Array.of(value) })]]),
  ]),
);
const context = {
  statisticOf: statisticsIn(statistics),
  experimentNames: new Map([
    ['1', 'zoo'],
    ['2', 'ant'],
  ]),
  nowMs: 10_000,
};

describe('runs that are loaded', () => {
  test('are sorted by a statistic; those without a number come last, either way', () => {
    const sorted = (isDescending: boolean) =>
      sortHere(['none', 'a', 'b', 'c', 'd'], isDescending, (runId) =>
        valueToSortBy(run(runId), { kind: 'statistic', statistic: 'min', key: 'loss' }, context),
      );
    expect(sorted(false)).toEqual(['b', 'a', 'd', 'none', 'c']);
    expect(sorted(true)).toEqual(['d', 'a', 'b', 'none', 'c']);
  });

  const runs = [
    run('long', { endTime: 5000, experimentId: '2' }),
    run('short', { endTime: 10, tags: new Map([['mlflow.source.name', 'b.py']]) }),
    run('goes-on', { status: 'RUNNING', startTime: 9000, endTime: undefined }),
    run('killed', {
      status: 'KILLED',
      startTime: 9000,
      endTime: undefined,
      tags: new Map([['mlflow.source.name', 'a']]),
    }),
  ];
  const by = (name: AttributeName) =>
    sortHere(runs, false, (each) => valueToSortBy(each, { kind: 'attribute', name }, context)).map(
      ({ runId }) => runId,
    );

  test('are sorted by how long they took, or have been going on', () => {
    expect(by('duration')).toEqual(['short', 'goes-on', 'long', 'killed']);
  });

  test('are sorted by the names of their experiments, and by texts', () => {
    expect(by('experiment')).toEqual(['long', 'short', 'goes-on', 'killed']);
    expect(by('source')).toEqual(['killed', 'short', 'long', 'goes-on']);
  });
});

test.each([
  ['duration', true],
  ['min.metrics.loss', true],
  ['params.lr', true],
  ['models', false],
])('whether the column %s can be sorted by: %s', (text, expected) => {
  const id = parseColumnId(text);
  expect(id && isSortable(id)).toBe(expected);
});
