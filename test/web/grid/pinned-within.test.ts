import { expect, test } from 'vitest';
import { pinnedWithin } from '../../../web/grid/pinned-within.ts';
import { selectableIds } from '../../../web/grid/selectable-ids.ts';

const column = (id: string, isPinned = true) => ({ id, width: 200, isPinned });

test('pins what leaves room for the others', () => {
  expect(pinnedWithin([column('a'), column('b', false), column('c')], {}, 1000)).toEqual(['a', 'c']);
  expect(pinnedWithin([column('a'), column('c')], {}, 354)).toEqual(['a']);
  expect(pinnedWithin([column('a'), column('c')], { a: 600 }, 900)).toEqual([]);
});

test('all rows that can be chosen are those of folded families, too, but no headings', () => {
  const leaf = (id: string) => ({ id, label: id, isSelectable: true });
  const rows = [{ id: 'heading', label: '', isSelectable: false, children: [leaf('a')] }, leaf('b')];
  expect(selectableIds(rows)).toEqual(['a', 'b']);
});
