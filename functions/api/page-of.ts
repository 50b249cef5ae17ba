import { invalidParameter } from '../domain/errors.ts';
import { MAX_SEARCH_RESULTS } from '../domain/limits.ts';
import type { PageTokens } from '../domain/page-token.ts';

/** One page of a search and the token of the next; the token is absent on the last page. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly nextPageToken: string | undefined;
}

interface PageRequest<Row, SortKey> {
  /** The rows that match, in any order. */
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => SortKey;
  readonly compare: (a: SortKey, b: SortKey) => number;
  readonly maxResults: number;
  readonly pageToken: string | undefined;
  /** Names the search; a token of another one is refused. */
  readonly list: string;
  readonly tokens: PageTokens;
}

/**
 * Sorts the rows and cuts out the page after the token. The token holds the last row's sort key, not an offset:
 * rows that are added meanwhile neither repeat nor hide others.
 */
export async function pageOf<Row, SortKey>(request: PageRequest<Row, SortKey>): Promise<Page<Row>> {
  const { rows, keyOf, compare, maxResults, pageToken, list, tokens } = request;
  const keyed = rows.map((row) => ({ row, key: keyOf(row) })).sort((a, b) => compare(a.key, b.key));
  // The token was sealed by this very list, with a key of its kind.
  const after = pageToken ? ((await tokens.open(list, pageToken)) as SortKey) : undefined;
  const rest = after === undefined ? keyed : keyed.filter(({ key }) => compare(key, after) > 0);
  const page = rest.slice(0, maxResults);
  const last = page.at(-1);
  const hasMore = last !== undefined && rest.length > page.length;
  return {
    rows: page.map(({ row }) => row),
    nextPageToken: hasMore ? await tokens.seal(list, last.key) : undefined,
  };
}

/** Throws INVALID_PARAMETER_VALUE outside 1..50000 (MLflow: _validate_max_results_param). */
export function checkMaxResults(maxResults: number | bigint): void {
  const invalid = `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be `;
  if (maxResults < 1) throw invalidParameter(`${invalid}a positive integer`);
  if (maxResults > MAX_SEARCH_RESULTS) throw invalidParameter(`${invalid}at most ${MAX_SEARCH_RESULTS}`);
}
