import { MAX_LIKE_LENGTH, MAX_WILDCARD_PIECE_LENGTH } from '../limits.ts';

/** The stretches of a LIKE pattern between its `%`. */
export interface LikePattern {
  readonly first: string;
  /** Those that may stand anywhere between the first and the last, in this order. */
  readonly middle: readonly string[];
  /** Undefined when there is no `%`: then the first must be the whole. */
  readonly last: string | undefined;
  /** Some `_` stands for any one character. */
  readonly hasWildcard: boolean;
}

/** Takes a LIKE pattern apart. There is no escape character (MLflow gives the database none). */
export function parseLike(pattern: string): LikePattern {
  const hasWildcard = pattern.includes('_');
  const start = pattern.indexOf('%');
  if (start < 0) return { first: pattern, middle: [], last: undefined, hasWildcard };
  const end = pattern.lastIndexOf('%');
  const middle = pattern
    .slice(start, end)
    .split('%')
    .filter((piece) => piece !== '');
  return { first: pattern.slice(0, start), middle, last: pattern.slice(end + 1), hasWildcard };
}

/** Why a LIKE pattern would cost too much to match; undefined for a good one. The first sentence is SQLite's. */
export function likeProblem(pattern: string): string | undefined {
  if (pattern.length > MAX_LIKE_LENGTH) return 'LIKE or GLOB pattern too complex';
  const { hasWildcard, middle } = parseLike(pattern);
  const isTooLong = hasWildcard && middle.some((piece) => piece.length > MAX_WILDCARD_PIECE_LENGTH);
  return isTooLong ? `LIKE pattern has more than ${MAX_WILDCARD_PIECE_LENGTH} characters between two %` : undefined;
}
