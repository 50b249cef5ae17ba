/** So many requests of one action are under way at once. */
const AT_ONCE = 6;

export interface Failure<T> {
  readonly item: T;
  readonly error: unknown;
}

/** Does something for each item, a few at a time; one that fails does not hold up the others. */
export async function inTurns<T>(
  items: readonly T[],
  act: (item: T) => Promise<unknown>,
  onDone: (count: number) => void = () => undefined,
): Promise<{ readonly failures: readonly Failure<T>[] }> {
  const failures: Failure<T>[] = [];
  const waiting = items.values();
  let count = 0;
  const work = async () => {
    for (const item of waiting) {
      await act(item).catch((error: unknown) => failures.push({ item, error }));
      count += 1;
      onDone(count);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { failures };
}
