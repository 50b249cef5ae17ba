/**
 * Orders two texts by their Unicode code points, as Python and SQLite's BINARY collation do; JavaScript's own `<`
 * goes by UTF-16 units and puts U+1F600 before U+FF01.
 */
export function compareCodePoints(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at += 1) {
    const unitA = a.charCodeAt(at);
    const unitB = b.charCodeAt(at);
    if (unitA !== unitB) return rankOf(unitA) - rankOf(unitB);
  }
  return a.length - b.length;
}

// Moves the surrogates, which stand for everything above U+FFFF, behind all other units.
const rankOf = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
