import { describe, expect, test } from 'vitest';
import {
  barsOf,
  boxesOf,
  dotsOf,
  importanceOf,
  quantileOf,
  ranksOf,
} from '../../../../web/pages/runs/figures/figure-data.ts';
import { axisOfColumn, type ParallelAxis } from '../../../../web/pages/runs/parallel/parallel-axes.ts';
import { metrics, run } from './run.ts';

const runs = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((lr, at) =>
  run(`r${at}`, {
    params: new Map([
      ['lr', String(lr)],
      ['opt', at < 3 ? 'sgd' : 'adam'],
      ['same', 'x'],
      ['own', `word ${at}`],
    ]),
    metrics: metrics({ loss: (at + 1) ** 3, noise: [3, 1, 2, 3, 1, 2][at] ?? 0, gap: at === 0 ? Number.NaN : -at }),
  }),
);

const axis = (column: string): ParallelAxis => {
  const found = axisOfColumn(runs, column);
  if (found === undefined) throw new Error(column);
  return found;
};

test('dots are the runs that stand on both axes', () => {
  expect(dotsOf(runs, axis('params.lr'), axis('metrics.gap')).map(({ runId }) => runId)).toEqual([
    'r1',
    'r2',
    'r3',
    'r4',
    'r5',
  ]);
});

test('bars begin with the greatest', () => {
  expect(barsOf(runs, axis('metrics.loss')).map(({ value }) => value)).toEqual([216, 125, 64, 27, 8, 1]);
});

describe('boxes', () => {
  test('are of the runs with the same value', () => {
    expect(boxesOf(axis('params.opt'), axis('metrics.loss'))).toEqual([
      { label: 'adam', count: 3, least: 64, lowerQuartile: 94.5, median: 125, upperQuartile: 170.5, greatest: 216 },
      { label: 'sgd', count: 3, least: 1, lowerQuartile: 4.5, median: 8, upperQuartile: 17.5, greatest: 27 },
    ]);
  });

  test.each([
    [[1], 0.25, 1],
    [[1, 2], 0.5, 1.5],
    [[1, 2, 3, 4], 0.75, 3.25],
  ])('have quantiles as numpy: %j at %d', (values, share, quantile) => {
    expect(quantileOf(values, share)).toBe(quantile);
  });
});

describe('what goes together with a metric', () => {
  const columns = [
    'params.lr',
    'params.opt',
    'params.same',
    'params.own',
    'metrics.noise',
    'metrics.gap',
    'metrics.loss',
  ];
  const found = importanceOf(columns.map(axis), axis('metrics.loss'));

  test('is by ranks: a curve that only rises goes together wholly', () => {
    expect(found.find(({ title }) => title === 'lr')).toMatchObject({ isRising: true, count: 6 });
    expect(found.find(({ title }) => title === 'lr')?.strength).toBeCloseTo(1);
    expect(found.find(({ title }) => title === 'gap')).toMatchObject({ isRising: false, count: 5 });
  });

  test('of words is the spread between their groups', () => {
    const { strength = 0, isRising } = found.find(({ title }) => title === 'opt') ?? {};
    expect(strength).toBeGreaterThan(0.7);
    expect(strength).toBeLessThan(1);
    expect(isRising).toBeUndefined();
  });

  test('leaves out what never differs, what differs always, and itself', () => {
    expect(found.map(({ title }) => title)).not.toContain('same');
    expect(found.map(({ title }) => title)).not.toContain('own');
    expect(found.map(({ title }) => title)).not.toContain('loss');
  });

  test('is nothing of few runs', () => {
    const few = runs.slice(0, 4);
    const of = (column: string) => axisOfColumn(few, column) ?? axis(column);
    expect(importanceOf([of('params.lr')], of('metrics.loss'))).toEqual([]);
  });
});

test('equal values share their ranks', () => {
  expect(ranksOf([10, 20, 10, 5])).toEqual([1.5, 3, 1.5, 0]);
});
