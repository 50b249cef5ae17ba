import { describe, expect, test } from 'vitest';
import { brushesField } from '../../../../web/pages/runs/parallel/brushes.ts';
import { brushedRuns, parallelAxes } from '../../../../web/pages/runs/parallel/parallel-axes.ts';
import { metrics, run } from './run.ts';

const runs = [
  run('a', {
    params: new Map([
      ['lr', '0.001'],
      ['opt', 'sgd'],
    ]),
    metrics: metrics({ loss: 1 }),
  }),
  run('b', {
    params: new Map([
      ['lr', '1'],
      ['opt', 'adam'],
    ]),
    metrics: metrics({ loss: Number.NaN }),
  }),
  run('c', { params: new Map([['opt', 'adam']]), metrics: metrics({ loss: 3 }) }),
];
const COLUMNS = ['name', 'params.lr', 'params.opt', 'metrics.loss', 'params.absent', 'tags.team'];

describe('the axes of parallel coordinates', () => {
  test('are the metrics and params of the table that any run has', () => {
    expect(parallelAxes(runs, COLUMNS).map(({ title, kind }) => [title, kind])).toEqual([
      ['lr', 'log'],
      ['opt', 'words'],
      ['loss', 'linear'],
    ]);
  });

  test('know where each run stands, and where one does not', () => {
    const [lr, opt, loss] = parallelAxes(runs, COLUMNS);
    expect(lr?.places).toEqual([0.001, 1, Number.NaN]);
    expect(opt).toMatchObject({ words: ['adam', 'sgd'], places: [1, 0, 0] });
    expect(loss?.places).toEqual([1, Number.NaN, 3]);
  });
});

describe('brushed runs', () => {
  const axes = parallelAxes(runs, COLUMNS);
  const ids = (brushes: ReadonlyMap<string, readonly (readonly [number, number])[]>) =>
    brushedRuns(runs, axes, brushes).map(({ runId }) => runId);

  test('are all as long as nothing is brushed', () => {
    expect(ids(new Map())).toEqual(['a', 'b', 'c']);
    expect(ids(new Map([['params.lr', []]]))).toEqual(['a', 'b', 'c']);
  });

  test('stand within a stretch of every axis that has one', () => {
    expect(ids(new Map([['metrics.loss', [[0, 5]]]]))).toEqual(['a', 'c']);
    expect(
      ids(
        new Map([
          ['metrics.loss', [[0, 5]]],
          ['params.opt', [[-0.5, 0.5]]],
        ]),
      ),
    ).toEqual(['c']);
    expect(
      ids(
        new Map([
          [
            'metrics.loss',
            [
              [0, 1],
              [3, 4],
            ],
          ],
        ]),
      ),
    ).toEqual(['a', 'c']);
  });
});

describe('brushes in the URL', () => {
  test('are read back as they were written', () => {
    const brushes = new Map([
      ['metrics.a:b,c', [[0.5, 1.25]]],
      [
        'params.lr',
        [
          [-1, 2],
          [1e-8, 3e-8],
        ],
      ],
    ] as const);
    expect(brushesField.parse(brushesField.format(brushes))).toEqual(brushes);
  });

  test('are none where somebody wrote none', () => {
    expect(brushesField.parse('metrics.loss,:1:2,params.lr:low:high')).toEqual(new Map());
    expect(brushesField.format(new Map([['metrics.loss', []]]))).toBe('');
  });
});
