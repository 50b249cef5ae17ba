import { keepList, type ListReader } from './kept-list.ts';

/** All of one kind, for searches. */
export interface WholeList<T> {
  /** All of them, in no order, with every write that was acknowledged before the call. */
  readonly list: () => Promise<readonly T[]>;
  /** Tells that a write to one came to an end, well or badly. To be called after it, never before. */
  readonly touch: (id: string) => void;
}

/** A list of the only writer. */
export interface KeptWholeList<T> extends WholeList<T> {
  /** Whether what was listed last is few enough to be kept. */
  readonly isKept: () => boolean;
  /**
   * All of them by their ids, with every write that was acknowledged before the call, for a look at once; undefined when there
   * are too many to be kept. What has not been read yet is read when `reads` says so, and is undefined otherwise.
   */
  readonly byId: (reads: boolean) => Promise<ReadonlyMap<string, T> | undefined>;
}

/** A list that is read anew for each search: other processes may write as well. */
export const readWhole = <T>({ readAll }: Pick<ListReader<T>, 'readAll'>): WholeList<T> => ({
  list: readAll,
  touch: () => undefined,
});

/** How much of a list the only writer keeps. */
export interface KeepLimit<T> {
  /** About what a value takes in memory, in characters. */
  readonly charactersOf: (value: T) => number;
  /** Beyond so many characters the list is read anew for each search. */
  readonly maxCharacters: number;
}

/** After so many writes a list is measured again. */
const MIN_TOUCHES = 50;

/** A list of the only writer: kept between searches (see `keepList` for why nothing in it is ever stale). */
export function keepWhole<T>(reader: ListReader<T>, { charactersOf, maxCharacters }: KeepLimit<T>): KeptWholeList<T> {
  let current = keepList(reader);
  let touches = 0;
  let touchesMeasured = -1;
  let isTooLarge = false;

  const list = async () => {
    const from = current;
    const touchesBefore = touches;
    const values = await from.list();
    const isMeasured = touchesMeasured >= 0 && touchesBefore - touchesMeasured < MIN_TOUCHES;
    if (isMeasured || current !== from) return values;
    touchesMeasured = touchesBefore;
    isTooLarge = sumOf(values, charactersOf) > maxCharacters;
    if (isTooLarge) {
      current = keepList(reader);
      touchesMeasured = -1;
    }
    return values;
  };

  return {
    list,
    isKept: () => !isTooLarge,
    byId: async (reads) => {
      const isRead = current.kept().size > 0;
      if (isTooLarge || !(reads || isRead)) return undefined;
      await list();
      return isTooLarge ? undefined : current.kept();
    },
    touch: (id) => {
      touches += 1;
      current.touch(id);
    },
  };
}

function sumOf<T>(values: readonly T[], sizeOf: (value: T) => number): number {
  let sum = 0;
  for (const value of values) sum += sizeOf(value);
  return sum;
}
