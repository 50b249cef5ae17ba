import { invalidParameter } from '../domain/errors.ts';
import { MAX_SEARCH_RESULTS } from '../domain/limits.ts';
import type { PageTokens } from '../domain/page-token.ts';
import { firstOf } from '../search/first-of.ts';
import { fillPage } from './fill-page.ts';

/** One page of a search as on the wire, absent when empty, and the token of the next; the token is absent on the last page. */
export interface Page<Wire> {
  readonly rows: readonly Wire[] | undefined;
  readonly nextPageToken: string | undefined;
}

interface PageRequest<Row, SortKey, Wire> {
  /** The rows that match, in any order. */
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => SortKey;
  readonly compare: (a: SortKey, b: SortKey) => number;
  /** Puts rows on the wire, in their order. */
  readonly wire: (rows: readonly Row[]) => readonly Wire[] | Promise<readonly Wire[]>;
  readonly maxResults: number;
  /** A page with more ends early (see `fillPage`). */
  readonly maxBytes: number;
  readonly pageToken: string | undefined;
  /** Names the search; a token of another one is refused. */
  readonly list: string;
  readonly tokens: PageTokens;
}

/**
 * Cuts the page after the token out of the sorted rows. The token holds the last row's sort key, not an offset:
 * rows that are added meanwhile neither repeat nor hide others.
 */
export async function pageOf<Row, SortKey, Wire extends object>(
  request: PageRequest<Row, SortKey, Wire>,
): Promise<Page<Wire>> {
  const { rows, keyOf, compare, wire, maxResults, maxBytes, pageToken, list, tokens } = request;
  // The token was sealed by this very list, with a key of its kind.
  const after = pageToken ? ((await tokens.open(list, pageToken)) as SortKey) : undefined;
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  const rest = after === undefined ? keyed : keyed.filter(({ key }) => compare(key, after) > 0);
  const first = firstOf(rest, maxResults, (a, b) => compare(a.key, b.key));
  const wired = await fillPage(
    first.map(({ row }) => row),
    wire,
    maxBytes,
  );
  const last = first[wired.length - 1];
  const hasMore = last !== undefined && rest.length > wired.length;
  return {
    rows: wired.length > 0 ? wired : undefined,
    nextPageToken: hasMore ? await tokens.seal(list, last.key) : undefined,
  };
}

/** Throws INVALID_PARAMETER_VALUE outside 1..50000 (MLflow: _validate_max_results_param). */
export function checkMaxResults(maxResults: number | bigint): void {
  const invalid = `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be `;
  if (maxResults < 1) throw invalidParameter(`${invalid}a positive integer`);
  if (maxResults > MAX_SEARCH_RESULTS) throw invalidParameter(`${invalid}at most ${MAX_SEARCH_RESULTS}`);
}
