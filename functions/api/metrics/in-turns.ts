/** Histories that are read at the same time: each may be megabytes. */
const AT_ONCE = 8;

/** Does something with each item, a few at the same time, and gives what came of it in their order. */
export async function inTurns<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const left = items.entries();
  const work = async () => {
    for (const [at, item] of left) results.set(at, await act(item));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
