import { describe, expect, test } from 'vitest';
import { pointsOfRun, sampleBatches } from '../../../web/charts/maths/sample-batches.ts';

const runs = [
  { runId: 'b', isLive: false },
  { runId: 'live', isLive: true },
  { runId: 'a', isLive: false },
];
const STEP = { kind: 'step' } as const;
const RELATIVE = { kind: 'relative' } as const;
const NO_ZOOM = { zoom: undefined, origins: undefined };

describe('the questions for the samples of a chart', () => {
  test('ask for runs that go on apart from those that ended, in an order that does not matter', () => {
    const batches = sampleBatches({ runs, axis: STEP, ...NO_ZOOM });
    expect(batches.map(({ runIds, isLive }) => [runIds, isLive])).toEqual([
      [['live'], true],
      [['a', 'b'], false],
    ]);
    expect(batches[0]).toMatchObject({ x: 'STEP', from: undefined, to: undefined });
  });

  test('ask for what a zoom shows, and a little beyond its edges', () => {
    const [batch] = sampleBatches({ runs, axis: STEP, zoom: { from: 100, to: 200 }, origins: undefined });
    expect(batch).toMatchObject({ from: 98, to: 202 });
  });

  test('ask for each run’s own times where a zoom is on relative time', () => {
    const origins = new Map([
      ['a', 1_000],
      ['b', 5_000],
    ]);
    const batches = sampleBatches({ runs, axis: RELATIVE, zoom: { from: 100, to: 200 }, origins });
    expect(batches.map(({ runIds, x, from, to }) => [runIds, x, from, to])).toEqual([
      [['b'], 'TIME', 5_098, 5_202],
      [['a'], 'TIME', 1_098, 1_202],
    ]);
  });

  test('ask for everything along another metric, whose range nobody can ask for', () => {
    const axis = { kind: 'metric', key: 'epoch' } as const;
    expect(sampleBatches({ runs, axis, zoom: { from: 1, to: 2 }, origins: undefined })[0]).toMatchObject({
      x: 'STEP',
      from: undefined,
    });
  });

  test('are several for many runs, and fewer points each the more runs there are', () => {
    const many = Array.from({ length: 120 }, (_, index) => ({ runId: String(index), isLive: false }));
    const batches = sampleBatches({ runs: many, axis: STEP, ...NO_ZOOM });
    expect(batches.map(({ runIds }) => runIds.length)).toEqual([20, 20, 20, 20, 20, 20]);
    expect([0, 1, 50, 1000].map(pointsOfRun)).toEqual([1000, 1000, 400, 250]);
  });
});
