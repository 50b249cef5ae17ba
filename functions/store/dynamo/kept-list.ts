/** How what a list keeps is read, strongly consistent. */
export interface ListReader<T> {
  readonly readAll: () => Promise<readonly T[]>;
  readonly readOne: (id: string) => Promise<T | undefined>;
  readonly idOf: (value: T) => string;
}

/** What the only writer has read, and reads again where it was written to since. */
export interface KeptList<T> {
  /** All of it, in no order, with every write that was acknowledged before the call: the same list until something in it changes. */
  readonly list: () => Promise<readonly T[]>;
  /** Tells that a write came to an end, well or badly. To be called after it, never before. */
  readonly touch: (id: string) => void;
  /** Tells that something is no longer there, for sure. */
  readonly leave: (id: string) => void;
  /** What is in memory now. */
  readonly kept: () => ReadonlyMap<string, T>;
}

/** Up to so many, or a quarter of all, are read again one by one; beyond that all at once. */
const MAX_SINGLE_READS = 200;

/**
 * Keeps a list between reads.
 *
 *   write ──── takes effect ──── touch ── acknowledged        list: reads again all that was touched before it
 *
 * A read that overlaps a write may miss it, but the touch comes after the write and so after that read.
 */
export function keepList<T>({ readAll, readOne, idOf }: ListReader<T>): KeptList<T> {
  let values = new Map<string, T>();
  /** What stands in `values`, as a list; undefined when that has changed since. */
  let listed: readonly T[] | undefined;
  let isComplete = false;
  let loading: Promise<void> | undefined;
  const touched = new Set<string>();

  const readEverything = async () => {
    values = new Map((await readAll()).map((value) => [idOf(value), value]));
    listed = undefined;
    isComplete = true;
  };

  const reread = async (ids: readonly string[]) => {
    const found = await Promise.all(ids.map(readOne));
    listed = undefined;
    for (const [at, id] of ids.entries()) {
      const value = found[at];
      if (value === undefined) values.delete(id);
      else values.set(id, value);
    }
  };

  const load = async () => {
    const ids = [...touched];
    touched.clear();
    const isFew = ids.length <= Math.max(MAX_SINGLE_READS, values.size / 4);
    try {
      if (isComplete && isFew) await reread(ids);
      else await readEverything();
    } catch (error) {
      for (const id of ids) touched.add(id);
      throw error;
    }
  };

  return {
    list: async () => {
      // A load that began before this call may have read something before it was touched; one that began since has not.
      await loading?.catch(() => undefined);
      if (loading !== undefined || !isComplete || touched.size > 0) {
        loading ??= load().finally(() => {
          loading = undefined;
        });
        await loading;
      }
      listed ??= [...values.values()];
      return listed;
    },
    touch: (id) => {
      touched.add(id);
    },
    leave: (id) => {
      // A load that is under way may have read it before it left.
      if (loading !== undefined) touched.add(id);
      else if (values.delete(id)) listed = undefined;
    },
    kept: () => values,
  };
}
