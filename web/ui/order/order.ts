/** A list with one item moved to another's place. */
export function moveTo(items: readonly string[], item: string, place: string): readonly string[] {
  const to = items.indexOf(place);
  if (to < 0 || !items.includes(item)) return items;
  const others = items.filter((each) => each !== item);
  return [...others.slice(0, to), item, ...others.slice(to)];
}

/** A list with one item moved by some places; it stops at the ends. */
export function moveBy(items: readonly string[], item: string, by: number): readonly string[] {
  const from = items.indexOf(item);
  const place = items[Math.max(0, Math.min(items.length - 1, from + by))];
  return place === undefined ? items : moveTo(items, item, place);
}

/** A list with an item added at its end, or taken out. */
export const withItem = (items: readonly string[], item: string, isIn: boolean): readonly string[] =>
  isIn ? [...items.filter((each) => each !== item), item] : items.filter((each) => each !== item);
