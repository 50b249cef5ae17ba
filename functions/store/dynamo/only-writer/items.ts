import type { Key } from '../keys.ts';
import type { Item } from '../table.ts';

/** A key as one text. */
export const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;

/** About the bytes of what attributes hold: texts and bytes, which are all that grows. */
export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const name in item) {
    const value = item[name];
    bytes += name.length + (value?.B?.length ?? value?.S?.length ?? 0);
  }
  return bytes;
}
