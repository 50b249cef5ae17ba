/** Whole numbers that look random and are the same in every run: `below(n)` gives 0 to n - 1. */
export interface SeededRandom {
  below(limit: number): number;
}

/** Mulberry32, by Tommy Ettinger (public domain): 32 bits of state, good enough to choose moments and sizes. */
export const seededRandom = (seed: number): SeededRandom => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return { below: (limit) => Math.floor((next() / 2 ** 32) * limit) };
};
