import type { Condition, Item } from '../table.ts';

/** Whether a condition of those that documents are written under holds for an item; false also where that is not known. */
export function holds({ expression, values }: Condition, item: Item | undefined): boolean {
  if (expression === 'attribute_not_exists(pk)') return item === undefined;
  if (expression !== 'v = :v' || item?.v?.N === undefined) return false;
  return item.v.N === values?.[':v']?.N;
}
