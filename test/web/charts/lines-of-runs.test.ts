import { describe, expect, test } from 'vitest';
import { factsOfLines, sampleNote, summaryOf } from '../../../web/charts/maths/describe-lines.ts';
import { linesOfRuns } from '../../../web/charts/maths/lines-of-runs.ts';
import { pointsAt } from '../../../web/charts/maths/points-at.ts';
import { formatXAxis, parseXAxis } from '../../../web/charts/maths/x-axis.ts';
import { column, line, series } from './lines.ts';

const own = (runId: string) => ({ runId, label: runId, isLive: false, lineId: runId, lineLabel: runId });
const STEP = { kind: 'step' } as const;

const props = {
  runs: [own('ada'), own('bob')],
  samples: {
    series: new Map([
      ['ada', series('ada', [0, 10, 20], [3, 2, 1], 50_000)],
      ['bob', series('bob', [0, 10], [4, 8], 90_000)],
    ]),
    along: new Map([['ada', series('ada', [0, 20], [100, 300])]]),
    origins: undefined,
  },
  axis: STEP,
  smoothing: 0,
  isGrouped: false,
};

describe('the lines of a chart', () => {
  test('are one for each run that has points, in their order', () => {
    const lines = linesOfRuns({ ...props, runs: [own('bob'), own('nobody'), own('ada')] });
    expect(lines.map(({ id }) => id)).toEqual(['bob', 'ada']);
    expect(lines[1]?.xs).toEqual(column(0, 10, 20));
  });

  test('run along the time since their first points', () => {
    const lines = linesOfRuns({ ...props, axis: { kind: 'relative' } });
    expect(lines.map(({ xs }) => xs[1])).toEqual([1000, 1000]);
    const origins = new Map([['ada', 49_000]]);
    const [zoomed] = linesOfRuns({ ...props, samples: { ...props.samples, origins }, axis: { kind: 'relative' } });
    expect(zoomed?.xs[0]).toBe(1000);
  });

  test('run along another metric at the same steps', () => {
    const [ada, bob] = linesOfRuns({ ...props, axis: { kind: 'metric', key: 'seen' } });
    expect(ada?.xs).toEqual(column(100, 200, 300));
    expect(bob?.xs[0]).toBeNaN();
  });

  test('keep what was logged behind what is smoothed', () => {
    const [ada] = linesOfRuns({ ...props, smoothing: 0.5 });
    expect(ada?.rawYs).toEqual(column(3, 2, 1));
    expect(Number(ada?.ys[2])).toBeGreaterThan(1);
  });

  test('are one for each group, with a band', () => {
    const runs = props.runs.map((run) => ({ ...run, lineId: 'group x', lineLabel: 'x' }));
    const [group, ...others] = linesOfRuns({ ...props, runs, isGrouped: true });
    expect(others).toEqual([]);
    expect(group).toMatchObject({ id: 'group x', label: 'x', loggedCount: 5, shownCount: 5 });
    expect(group?.ys).toEqual(column(3.5, 5, 1));
    expect(group?.band?.highs).toEqual(column(4, 8, 1));
  });
});

describe('an axis', () => {
  test.each(['step', 'relative', 'wall', 'metrics.train/epoch'])('%s reads as it is written', (text) => {
    const axis = parseXAxis(text);
    expect(axis && formatXAxis(axis)).toBe(text);
  });

  test.each(['', 'metrics.', 'params.lr'])('is not %j', (text) => {
    expect(parseXAxis(text)).toBeUndefined();
  });
});

describe('a chart in words', () => {
  const lines = [line([0, 1, 2], [5, 1, 3]), line([0, 1], [9, Number.NaN], { id: 'b', label: 'b' })];

  test('tells the last, the least and the greatest value of each line as it was logged', () => {
    expect(factsOfLines(lines)).toEqual([
      { id: 'a', label: 'a', last: 3, least: 1, greatest: 5, count: 3 },
      { id: 'b', label: 'b', last: 9, least: 9, greatest: 9, count: 2 },
    ]);
    const smoothed = line([0, 1], [5, 4], { rawYs: column(5, 1) });
    expect(factsOfLines([smoothed])[0]).toMatchObject({ last: 1, least: 1, greatest: 5 });
  });

  test('sums them up in a sentence', () => {
    expect(summaryOf('loss', 'step', lines)).toBe('loss by step, 2 lines. Last values from 3 (a) to 9 (b).');
    expect(summaryOf('loss', 'step', lines.slice(0, 1))).toBe('loss by step, 1 line. a ends at 3.');
    expect(summaryOf('loss', 'step', [])).toBe('loss by step, 0 lines.');
  });

  test('says when it shows a sample', () => {
    expect(sampleNote(lines)).toBeUndefined();
    const sampled = line([0], [1], { shownCount: 1000, loggedCount: 250_000 });
    expect(sampleNote([sampled])).toBe('1,000 of 250,000 points, peaks kept');
  });
});

describe('the points at an x', () => {
  test('are the nearest of the lines that reach there', () => {
    const lines = [line([0, 10, 20], [1, 2, 3]), line([0, 5], [7, 8], { id: 'short' })];
    expect(pointsAt(lines, 14, 20).map(({ line: { id }, x, y }) => [id, x, y])).toEqual([['a', 10, 2]]);
    expect(pointsAt(lines, 4, 20).map(({ y }) => y)).toEqual([1, 8]);
    expect(pointsAt([line([0], [1])], 0.1, 20)).toHaveLength(1);
  });

  test('are found on a line that goes back', () => {
    expect(pointsAt([line([0, 10, 5], [1, 2, 3])], 5, 10)[0]?.y).toBe(3);
  });

  test('are none at a gap', () => {
    expect(pointsAt([line([0, 1], [1, Number.NaN])], 1, 1)).toEqual([]);
  });
});
