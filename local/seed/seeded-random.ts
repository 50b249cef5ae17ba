/** A list with something in it. */
export type NonEmpty<T> = readonly [T, ...(readonly T[])];

/** Numbers that look random and are the same for the same seed. */
export interface SeededRandom {
  /** A number in [0, 1). */
  readonly unit: () => number;
  /** A whole number from 0 to limit - 1. */
  readonly below: (limit: number) => number;
  /** Normally distributed: mean 0, standard deviation 1. */
  readonly normal: () => number;
  /** Between low and high, each order of magnitude as likely as another. */
  readonly logUniform: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(items: NonEmpty<T>) => T;
  /** Picks in proportion to the weights. */
  readonly weighted: <T>(items: NonEmpty<readonly [T, number]>) => T;
}

/** Makes the numbers of one place in a seeded world: other seeds and other places give unrelated ones. */
export function seededRandom(seed: number, place: number): SeededRandom {
  const unit = mulberry32(scramble(scramble(seed) ^ place));
  const below = (limit: number): number => Math.floor(unit() * limit);
  return {
    unit,
    below,
    // Box-Muller; 1 - unit() is never 0, whose logarithm is infinite.
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    logUniform: (low, high) => low * (high / low) ** unit(),
    chance: (probability) => unit() < probability,
    pick: (items) => items[below(items.length)] ?? items[0],
    weighted: (items) => pickWeighted(items, unit()),
  };
}

function pickWeighted<T>(items: NonEmpty<readonly [T, number]>, share: number): T {
  let left = share * items.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  return items[0][0];
}

/** Spreads neighbouring numbers over all 32 bits (the finalizer of MurmurHash3, public domain). */
function scramble(value: number): number {
  const first = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) + 0x9e3779b9;
}

/** Mulberry32, by Tommy Ettinger (public domain). */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
