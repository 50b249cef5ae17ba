import { describe, expect, test } from 'vitest';
import { parseColumnId } from '../../../../web/pages/runs/column-id.ts';
import { figuresOf, metricsOfStatistics } from '../../../../web/pages/runs/statistics/statistics.ts';

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
