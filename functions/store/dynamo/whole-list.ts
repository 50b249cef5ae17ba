import { keepList, type ListReader } from './kept-list.ts';

/** All of one kind, for searches. */
export interface WholeList<T> {
  /** All of them, in no order, with every write that was acknowledged before the call. */
  readonly list: () => Promise<readonly T[]>;
  /** Tells that a write to one came to an end, well or badly. To be called after it, never before. */
  readonly touch: (id: string) => void;
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

/** A list of the only writer: kept between searches (see `keepList` for why nothing in it is ever stale). */
export function keepWhole<T>(reader: ListReader<T>, { charactersOf, maxCharacters }: KeepLimit<T>): WholeList<T> {
  let current = keepList(reader);
  let touches = 0;
  let touchesMeasured = -1;
  return {
    list: async () => {
      const list = current;
      const touchesBefore = touches;
      const values = await list.list();
      if (touchesBefore === touchesMeasured || current !== list) return values;
      touchesMeasured = touchesBefore;
      if (sumOf(values, charactersOf) > maxCharacters) {
        current = keepList(reader);
        touchesMeasured = -1;
      }
      return values;
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
