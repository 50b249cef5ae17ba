import { describe, expect, test } from 'vitest';
import { lookAgain, MOST_ENTRIES, openLog } from '../../../../web/pages/run/activity/activity-log.ts';
import { changesBetween } from '../../../../web/pages/run/activity/run-changes.ts';
import { metrics, run } from '../runs/run.ts';

const dataset = { name: 'flowers', digest: 'd1', sourceType: '', source: '', schema: '', profile: '', tags: new Map() };

describe('changesBetween', () => {
  test('finds nothing in two looks at the same, NaN among it', () => {
    const before = run('a', { metrics: metrics({ loss: Number.NaN }), params: new Map([['lr', '1']]) });
    expect(changesBetween(before, { ...before, metrics: metrics({ loss: Number.NaN }) })).toEqual([]);
  });

  test('finds the metrics with another last value, or another step of the same', () => {
    const at = (step: number) => new Map([['loss', { value: 1, step, timestamp: 0 }]]);
    expect(changesBetween(run('a', { metrics: at(1) }), run('a', { metrics: at(2) }))).toEqual([
      { kind: 'metric', key: 'loss', value: 1, step: 2 },
    ]);
  });

  test('finds params, tags that were set, changed and removed, and tells a name once', () => {
    const before = run('a', {
      runName: 'old',
      tags: new Map([
        ['mlflow.runName', 'old'],
        ['gone', 'x'],
        ['kept', 'y'],
      ]),
    });
    const after = run('a', {
      runName: 'new',
      params: new Map([['lr', '1']]),
      tags: new Map([
        ['mlflow.runName', 'new'],
        ['kept', 'z'],
      ]),
    });
    expect(changesBetween(before, after)).toEqual([
      { kind: 'name', key: '', value: 'new' },
      { kind: 'param', key: 'lr', value: '1' },
      { kind: 'tag', key: 'kept', value: 'z' },
      { kind: 'tag', key: 'gone', value: undefined },
    ]);
  });

  test('finds the state, datasets and models', () => {
    const before = run('a', { status: 'RUNNING' });
    const after = run('a', { datasets: [dataset], modelOutputs: [{ modelId: 'm-1', step: 0 }] });
    expect(changesBetween(before, after)).toEqual([
      { kind: 'status', key: '', value: 'FINISHED' },
      { kind: 'dataset', key: 'flowers d1', value: '' },
      { kind: 'model', key: 'm-1', value: '' },
    ]);
  });
});

describe('the log', () => {
  test('has the newest first, with the time of the look', () => {
    const first = lookAgain(openLog(run('a'), 1), run('a', { params: new Map([['lr', '1']]) }), 2);
    const second = lookAgain(first, run('a', { params: new Map([['lr', '1']]), tags: new Map([['t', 'x']]) }), 3);
    expect(second.entries.map(({ key, seenAt }) => [key, seenAt])).toEqual([
      ['t', 3],
      ['lr', 2],
    ]);
    expect(new Set(second.entries.map(({ id }) => id)).size).toBe(2);
    expect(second.openedAt).toBe(1);
  });

  test('keeps the newest, and knows how many there were', () => {
    const params = new Map(Array.from({ length: MOST_ENTRIES + 5 }, (_, at) => [`p${at}`, 'x']));
    const log = lookAgain(openLog(run('a'), 1), run('a', { params }), 2);
    expect(log.entries).toHaveLength(MOST_ENTRIES);
    expect(log.count).toBe(MOST_ENTRIES + 5);
  });
});
