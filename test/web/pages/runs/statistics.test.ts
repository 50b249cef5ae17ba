import { describe, expect, test } from 'vitest';
import { parseColumnId, type StatisticId } from '../../../../web/pages/runs/column-id.ts';
import {
  figuresOf,
  metricsOfStatistics,
  sortByStatistic,
  statisticsIn,
} from '../../../../web/pages/runs/statistics/statistics.ts';

const figures = (...values: readonly number[]) => figuresOf({ values: Float64Array.from(values) });

describe('the statistics of a metric', () => {
  test('are the least, the greatest and the first of its values', () => {
    expect(figures(3, 1, 4, 2)).toEqual({ min: 1, max: 4, first: 3 });
  });

  test('leave NaN out, but where it is the first', () => {
    expect(figures(Number.NaN, 1, 2)).toEqual({ min: 1, max: 2, first: Number.NaN });
    expect(figures(Number.NaN)).toEqual({ min: undefined, max: undefined, first: Number.NaN });
    expect(figures()).toEqual({ min: undefined, max: undefined, first: undefined });
  });

  test('are read of the metrics that columns name, each once', () => {
    expect(metricsOfStatistics(['name', 'min.metrics.loss', 'max.metrics.loss', 'metrics.acc'])).toEqual(['loss']);
  });
});

test.each(['min.metrics.loss', 'max.metrics.val/loss', 'first.metrics.a.b'])('the column %s is a statistic', (text) => {
  expect(parseColumnId(text)).toMatchObject({ kind: 'statistic' });
});

describe('the order by a statistic', () => {
  const id: StatisticId = { kind: 'statistic', statistic: 'min', key: 'loss' };
  const statistics = new Map(
    Object.entries({ a: [2], b: [1], c: [Number.NaN], d: [3] }).map(([runId, values]) => [
      runId,
      new Map([['loss', figures(...values)]]),
    ]),
  );
  const sorted = (isDescending: boolean) =>
    sortByStatistic(
      ['none', 'a', 'b', 'c', 'd'].map((runId) => ({ runId })),
      { id, isDescending },
      statisticsIn(statistics),
    ).map(({ runId }) => runId);

  test('puts runs without a number last, either way', () => {
    expect(sorted(false)).toEqual(['b', 'a', 'd', 'none', 'c']);
    expect(sorted(true)).toEqual(['d', 'a', 'b', 'none', 'c']);
  });
});
