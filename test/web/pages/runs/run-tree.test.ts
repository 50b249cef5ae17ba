import { describe, expect, test } from 'vitest';
import type { Run } from '../../../../web/api/runs.ts';
import { groupRuns, nestRuns, type RunRow } from '../../../../web/pages/runs/run-tree.ts';
import { meanOf } from '../../../../web/pages/runs/run-values.ts';
import { metrics, run } from './run.ts';

/** Rows as text: `a(b c)` is a with b and c below. */
const drawn = (rows: readonly RunRow[] = []): string =>
  rows.map(({ id, children }) => (children ? `${id}(${drawn(children)})` : id)).join(' ');

const byId = (runs: readonly Run[]) => new Map(runs.map((each) => [each.runId, each]));

const nested = (
  runs: readonly Run[],
  parents: readonly Run[] = [],
  children: Readonly<Record<string, readonly Run[]>> = {},
) =>
  nestRuns({
    runs,
    parents: byId(parents),
    children: new Map(Object.entries(children).map(([id, kids]) => [id, { runs: kids, total: kids.length }])),
  });

describe('nestRuns', () => {
  test('puts children below their parent, at the place of the first of the family', () => {
    const rows = nested([run('a'), run('child', { parent: 'p' }), run('b'), run('p'), run('other', { parent: 'p' })]);
    expect(drawn(rows)).toBe('a p(child other) b');
  });

  test('shows a parent that the search did not find, and says so', () => {
    const [row] = nested([run('child', { parent: 'p' })], [run('p')]);
    expect(drawn(row && [row])).toBe('p(child)');
    expect(row).toMatchObject({ isContext: true });
  });

  test('leaves a child whose parent is nowhere where it is', () => {
    expect(drawn(nested([run('child', { parent: 'gone' })]))).toBe('child');
  });

  test('nests grandchildren', () => {
    expect(drawn(nested([run('c', { parent: 'b' }), run('b', { parent: 'a' }), run('a')]))).toBe('a(b(c))');
  });

  test('adds the children that were asked for, none twice', () => {
    const child = run('c', { parent: 'p' });
    expect(drawn(nested([run('p'), child], [], { p: [child, run('d', { parent: 'p' })] }))).toBe('p(c d)');
  });

  test('says how many children are not shown', () => {
    const children = new Map([['p', { runs: [run('c', { parent: 'p' })], total: 700 }]]);
    const rows = nestRuns({ runs: [run('p'), run('d', { parent: 'p' }), run('q')], parents: new Map(), children });
    expect(rows).toMatchObject([{ family: { shown: 2, total: 700 } }, { id: 'q', family: undefined }]);
  });

  test('ends where a family goes round in a circle', () => {
    expect(drawn(nested([run('a', { parent: 'b' }), run('b', { parent: 'a' }), run('self', { parent: 'self' })]))).toBe(
      'a(b) self',
    );
  });
});

describe('groupRuns', () => {
  const of = (id: string, lr: string) => run(id, { params: new Map([['lr', lr]]) });
  const groups = (runs: readonly Run[], props: Partial<Parameters<typeof groupRuns>[0]> = {}) =>
    groupRuns({
      runs,
      by: { kind: 'param', key: 'lr' },
      lastBeforeMore: undefined,
      experimentNames: new Map(),
      ...props,
    });

  test('puts a heading over runs of the same value', () => {
    const rows = groups([run('none'), of('a', '0.1'), of('b', '0.1'), of('c', '1')]);
    expect(drawn(rows)).toBe('params.lr=(none) params.lr=0.1(a b) params.lr=1(c)');
    expect(rows.map(({ label }) => label)).toEqual(['without params.lr', '0.1', '1']);
  });

  test('has one heading for each value, in the order of its first run, however the runs are sorted', () => {
    expect(drawn(groups([of('c', '1'), of('a', '0.1'), run('none'), of('d', '1'), of('b', '0.1')]))).toBe(
      'params.lr=1(c d) params.lr=0.1(a b) params.lr=(none)',
    );
  });

  test('names experiments', () => {
    const experimentNames = new Map([['1', 'fruit']]);
    const rows = groups([run('a'), run('b', { experimentId: '2' })], {
      by: { kind: 'attribute', name: 'experiment' },
      experimentNames,
    });
    expect(rows.map(({ id, label }) => [id, label])).toEqual([
      ['experiment=1', 'fruit'],
      ['experiment=2', '2'],
    ]);
  });

  test('says which group may go on while more is to be loaded: that of the last run the server gave', () => {
    const last = of('c', '1');
    const byStatistic = [last, of('a', '0.1'), of('none', '')];
    const isComplete = groups(byStatistic, { lastBeforeMore: last }).map(
      (row) => row.kind === 'group' && row.isComplete,
    );
    expect(isComplete).toEqual([false, true, false]);
  });

  test.each(['user', 'source', 'experiment'] as const)(
    'by %s may go on anywhere, for the server does not sort by it',
    (name) => {
      const runs = [run('a', { userId: 'ada', experimentId: '1' }), run('b', { userId: 'bob', experimentId: '2' })];
      const rows = groups(runs, { by: { kind: 'attribute', name }, lastBeforeMore: runs[1] });
      expect(rows.filter((row) => row.kind === 'group' && row.isComplete)).toEqual([]);
    },
  );
});

test('a mean is of the numbers alone', () => {
  const runs = [run('a', { metrics: metrics({ loss: 1 }) }), run('b', { metrics: metrics({ loss: 4 }) })];
  expect(meanOf([...runs, run('c'), run('d', { metrics: metrics({ loss: Number.NaN }) })], 'loss')).toBe(2.5);
  expect(meanOf([run('c')], 'loss')).toBeUndefined();
});
