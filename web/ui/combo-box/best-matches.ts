/** How many of many are shown: more than anybody reads, few enough to draw with each key. */
const MOST = 100;

export interface Matches {
  readonly items: readonly string[];
  /** How many match in all. */
  readonly count: number;
}

/** The texts that hold what was typed, whatever its case: first those that begin with it, then by their order. */
export function bestMatches(items: readonly string[], typed: string): Matches {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return { items: items.slice(0, MOST), count: items.length };
  const beginning: string[] = [];
  const holding: string[] = [];
  for (const item of items) {
    const at = item.toLowerCase().indexOf(wanted);
    if (at === 0) beginning.push(item);
    else if (at > 0) holding.push(item);
  }
  return { items: [...beginning, ...holding].slice(0, MOST), count: beginning.length + holding.length };
}
