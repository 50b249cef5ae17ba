import { describe, expect, test } from 'vitest';
import { parseOrderBy } from '../../../../functions/search/parse-order-by.ts';
import { automaticColumns } from '../../../../web/pages/runs/automatic-columns.ts';
import { formatColumnId, parseColumnId, searchNameOf } from '../../../../web/pages/runs/column-id.ts';
import { expandColumns, rewriteColumns, withColumn } from '../../../../web/pages/runs/column-list.ts';
import { differingColumns } from '../../../../web/pages/runs/differing-columns.ts';
import { KeyCollector } from '../../../../web/pages/runs/key-catalogue.ts';
import { nextPageSize } from '../../../../web/pages/runs/page-size.ts';
import { moveBy, moveTo, withItem } from '../../../../web/ui/order/order.ts';
import { metrics, run } from './run.ts';

const KEYS = ['loss', 'val/loss', 'a b', 'a.b', '0', 'é', 'x-y', 'top 5 (%)'];

describe('a column', () => {
  test.each([...KEYS.map((key) => `metrics.${key}`), 'created', 'params.metrics.x'])(
    '%s is read as it is written',
    (text) => {
      const id = parseColumnId(text);
      expect(id && formatColumnId(id)).toBe(text);
    },
  );

  test.each(['', 'metrics.', 'metrics', 'nothing'])('%j is none', (text) => {
    expect(parseColumnId(text)).toBeUndefined();
  });

  test.each(KEYS)('of the metric %s is sorted by that very metric', (key) => {
    const [first] = parseOrderBy('runs', [`${searchNameOf('metric', key)} DESC`]).terms;
    expect(first).toMatchObject({ target: { kind: 'metric', key }, isAscending: false });
  });
});

describe('the order of columns', () => {
  test('changes by dragging one to another’s place', () => {
    expect(moveTo(['a', 'b', 'c'], 'a', 'c')).toEqual(['b', 'c', 'a']);
    expect(moveTo(['a', 'b', 'c'], 'c', 'a')).toEqual(['c', 'a', 'b']);
    expect(moveTo(['a', 'b'], 'gone', 'a')).toEqual(['a', 'b']);
  });

  test('changes step by step, and stops at the ends', () => {
    expect(moveBy(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
    expect(moveBy(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
  });

  test('takes items in once', () => {
    expect(withItem(['a', 'b'], 'a', true)).toEqual(['b', 'a']);
    expect(withItem(['a', 'b'], 'a', false)).toEqual(['b']);
  });
});

describe('keys', () => {
  const withKeys = run('a', {
    metrics: metrics({ loss: 1, acc: 2 }),
    tags: new Map([
      ['mlflow.user', 'x'],
      ['team', 'y'],
    ]),
  });

  test('are collected once, in their order, MLflow’s own tags apart', () => {
    const collector = new KeyCollector();
    const catalogue = collector.add([withKeys]);
    expect(catalogue).toEqual({ metric: ['acc', 'loss'], param: [], tag: ['team'], mlflowTag: ['mlflow.user'] });
    expect(collector.add([withKeys, run('b')])).toBe(catalogue);
  });
});

describe('a list with a pattern', () => {
  const keys = {
    metric: Array.from({ length: 6_000 }, (_, at) => `m${String(at).padStart(4, '0')}`),
    param: ['a', 'b', 'c'],
    tag: [],
    mlflowTag: [],
  };
  const LIST = ['name', 'params.*', 'metrics.*', 'user'];
  const shownBy = (columns: readonly string[]) => expandColumns(columns, keys);
  const arranged = (columns: readonly string[], wanted: readonly string[], moved?: string) => {
    const next = rewriteColumns({ columns, keys, wanted, moved });
    expect(shownBy(next)).toEqual(wanted);
    return next;
  };
  const without = (id: string) => shownBy(LIST).filter((each) => each !== id);

  test('stands for all of a kind, but for those that are listed', () => {
    expect(shownBy(['params.c', 'name', 'params.*'])).toEqual(['params.c', 'name', 'params.a', 'params.b']);
    expect(shownBy(LIST)).toHaveLength(2 + 3 + 6_000);
  });

  test('names what is hidden, and shows it again', () => {
    const hidden = arranged(LIST, without('metrics.m3000'));
    expect(hidden).toEqual(['-metrics.m3000', ...LIST]);
    expect(withColumn({ columns: LIST, keys }, 'metrics.m3000', false)).toEqual(hidden);
    expect(withColumn({ columns: hidden, keys }, 'metrics.m3000', true)).toEqual(LIST);
    expect(withColumn({ columns: hidden, keys }, 'metrics.*', false)).toEqual(['name', 'params.*', 'user']);
  });

  test.each([
    ['metrics.m5000', 'metrics.m0001'],
    ['metrics.m0001', 'metrics.m5000'],
    ['params.b', 'metrics.m0100'],
    ['metrics.m0100', 'params.b'],
    ['user', 'metrics.m0002'],
    ['metrics.m0000', 'name'],
  ])('names what was moved: %s to %s', (moved, place) => {
    const next = arranged(LIST, moveTo(shownBy(LIST), moved, place), moved);
    expect(next.length).toBeLessThan(8);
    const again = arranged(next, moveTo(shownBy(next), 'metrics.m4000', moved), 'metrics.m4000');
    expect(again.length).toBeLessThan(12);
    expect(
      arranged(
        again,
        shownBy(again).filter((each) => each !== moved),
      ).length,
    ).toBeLessThan(14);
  });

  test('takes a statistic in behind its metric', () => {
    const all = shownBy(LIST);
    const at = all.indexOf('metrics.m3000') + 1;
    const wanted = [...all.slice(0, at), 'min.metrics.m3000', 'max.metrics.m3000', ...all.slice(at)];
    expect(arranged(LIST, wanted)).toEqual([...LIST, '>metrics.m3000', 'min.metrics.m3000', 'max.metrics.m3000']);
  });

  test('comes before what stands behind a column, when it is added', () => {
    const columns = ['name', 'metrics.*', '>metrics.m0001', 'user'];
    expect(withColumn({ columns, keys }, 'params.*', true)).toEqual([
      'name',
      'metrics.*',
      'params.*',
      '>metrics.m0001',
      'user',
    ]);
  });

  test('ends with what stands behind nothing, however often it goes round', () => {
    expect(shownBy(['name', '>gone', 'user', '>user', 'params.a', '>params.a', 'user'])).toContain('params.a');
  });

  test('is left alone where there is none', () => {
    expect(rewriteColumns({ columns: [], keys, wanted: ['name', 'params.b'] })).toEqual(['name', 'params.b']);
    expect(withColumn({ columns: ['name'], keys }, 'params.b', true)).toEqual(['name', 'params.b']);
    expect(withColumn({ columns: ['name', 'params.b'], keys }, 'params.b', false)).toEqual(['name']);
  });
});

describe('only what differs', () => {
  const of = (loss: number, lr: string, more: Partial<Parameters<typeof run>[1]> = {}) =>
    run('a', {
      metrics: metrics({ loss, bad: Number.NaN }),
      params: new Map([
        ['lr', lr],
        ['seed', '1'],
      ]),
      ...more,
    });
  const columns = ['name', 'metrics.loss', 'metrics.bad', 'min.metrics.bad', 'params.lr', 'params.seed', 'tags.team'];

  test('hides metrics, params and tags that are the same for all runs', () => {
    expect(differingColumns(columns, [of(1, '0.1'), of(1, '0.2'), of(1, '0.1')])).toEqual([
      'name',
      'min.metrics.bad',
      'params.lr',
    ]);
  });

  test('shows what one run alone has', () => {
    const tagged = of(1, '0.1', { tags: new Map([['team', 'red']]) });
    expect(differingColumns(columns, [of(1, '0.1'), tagged])).toEqual(['name', 'min.metrics.bad', 'tags.team']);
  });

  test('hides nothing of a run alone', () => {
    expect(differingColumns(columns, [of(1, '0.1')])).toEqual(columns);
  });
});

test('automatic columns are what most runs have, and params rather that differ', () => {
  const runs = ['1', '2'].map((lr) =>
    run(lr, {
      metrics: metrics({ loss: 1, 'system/cpu': 1 }),
      params: new Map([
        ['a', 'same'],
        ['lr', lr],
      ]),
    }),
  );
  expect(automaticColumns(runs, false)).toEqual([
    'name',
    'created',
    'duration',
    'metrics.loss',
    'params.lr',
    'params.a',
    'user',
    'source',
  ]);
});

test('a page is a screen of runs first, then about as heavy whatever they hold', () => {
  expect(nextPageSize(undefined)).toBe(50);
  expect(nextPageSize({ runs: Array(50), sizeBytes: 50_000 })).toBe(500);
  expect(nextPageSize({ runs: Array(50), sizeBytes: 50 * 6_000 })).toBe(100);
  expect(nextPageSize({ runs: Array(50), sizeBytes: 50_000_000 })).toBe(5);
});
