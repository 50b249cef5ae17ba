import { describe, expect, test } from 'vitest';
import { arrangeKeys, columnsWithin, groupKeys, layOutPanels } from '../../../web/charts/maths/panel-layout.ts';

const KEYS = ['accuracy', 'loss', 'system/cpu', 'train/a/b', 'train/loss', 'val/loss'];
const NOTHING = new Set<string>();

describe('groups of metrics', () => {
  test('are their names’ beginnings, those of the machine last', () => {
    expect(groupKeys(KEYS, '').map(({ title, keys }) => [title, keys.length])).toEqual([
      ['Metrics', 2],
      ['train', 2],
      ['val', 1],
      ['system', 1],
    ]);
  });

  test('hold what is looked for, whatever its case', () => {
    expect(groupKeys(KEYS, ' LOSS ').flatMap(({ keys }) => keys)).toEqual(['loss', 'train/loss', 'val/loss']);
    expect(groupKeys(KEYS, 'nothing')).toEqual([]);
  });
});

describe('charts in an order of one’s own', () => {
  const shown = (arrangement: Parameters<typeof arrangeKeys>[1]) =>
    arrangeKeys(KEYS, arrangement).map(({ title, keys }) => [title, ...keys]);

  test('stand at the top, and nowhere else', () => {
    expect(shown({ find: '', panels: ['val/loss', 'loss', 'gone'] })).toEqual([
      ['Chosen', 'val/loss', 'loss'],
      ['Metrics', 'accuracy'],
      ['train', 'train/a/b', 'train/loss'],
      ['system', 'system/cpu'],
    ]);
  });

  test('stand alone when that is wanted, unless none of them is there', () => {
    expect(shown({ find: '', panels: ['val/loss'], only: true })).toEqual([['Chosen', 'val/loss']]);
    expect(shown({ find: 'accuracy', panels: ['val/loss'], only: true })).toEqual([]);
    expect(shown({ find: 'cpu', panels: ['gone'], only: true })).toEqual([['system', 'system/cpu']]);
  });
});

describe('the list of panels', () => {
  test('is a heading and rows of panels for each group', () => {
    const rows = layOutPanels({ groups: groupKeys(KEYS, ''), folded: NOTHING, columns: 2 });
    expect(rows.map((row) => (row.kind === 'heading' ? row.group.title : row.keys))).toEqual([
      'Metrics',
      ['accuracy', 'loss'],
      'train',
      ['train/a/b', 'train/loss'],
      'val',
      ['val/loss'],
      'system',
      ['system/cpu'],
    ]);
  });

  test('leaves out the panels of a folded group, and shrinks a row of folded panels', () => {
    const groups = groupKeys(['loss', 'train/loss', 'train/other'], '');
    const rows = layOutPanels({ groups, folded: new Set(['/', 'train/loss']), columns: 1 });
    expect(rows.map(({ kind }) => kind)).toEqual(['heading', 'heading', 'panels', 'panels']);
    expect(Number(rows[2]?.height)).toBeLessThan(Number(rows[3]?.height));
  });

  test('lays out twelve thousand metrics', () => {
    const keys = Array.from({ length: 12_000 }, (_, index) => `layer_${index % 10}/${index}`);
    const rows = layOutPanels({ groups: groupKeys(keys, ''), folded: NOTHING, columns: 3 });
    expect(rows.flatMap((row) => (row.kind === 'panels' ? row.keys : [])).length).toBe(12_000);
  });

  test('has as many panels beside each other as there is room for, and always one', () => {
    expect([100, 700, 1400].map(columnsWithin)).toEqual([1, 2, 4]);
  });
});
