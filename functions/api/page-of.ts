import { invalidParameter } from '../domain/errors.ts';
import { MAX_SEARCH_RESULTS } from '../domain/limits.ts';
import type { PageTokens } from '../domain/page-token.ts';
import { firstOf } from '../search/first-of.ts';
import { fillPage } from './fill-page.ts';
import { firstWhere } from './first-where.ts';

/** One page of a search as on the wire, absent when empty, and the token of the next; the token is absent on the last page. */
export interface Page<Wire> {
  readonly rows: readonly Wire[] | undefined;
  readonly nextPageToken: string | undefined;
}

interface PageRequest<Row, SortKey, Wire> {
  /** In any order, unless `isSorted` says that they are in that of their keys. */
  readonly rows: readonly Row[];
  /** @default false */
  readonly isSorted?: boolean;
  /** Which of the sorted rows are meant, by their places. @default all */
  readonly isMeant?: (row: Row, at: number) => boolean;
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
  const { keyOf, wire, maxResults, maxBytes, pageToken, list, tokens } = request;
  // The token was sealed by this very list, with a key of its kind.
  const after = pageToken ? ((await tokens.open(list, pageToken)) as SortKey) : undefined;
  const found = request.isSorted ? nextOfSorted(request, after) : nextOfAny(request, after);
  const wired = await fillPage(found.slice(0, maxResults), wire, maxBytes);
  const last = found[wired.length - 1];
  const hasMore = last !== undefined && found.length > wired.length;
  return {
    rows: wired.length > 0 ? wired : undefined,
    nextPageToken: hasMore ? await tokens.seal(list, keyOf(last)) : undefined,
  };
}

type Rows<Row, SortKey> = Pick<
  PageRequest<Row, SortKey, unknown>,
  'rows' | 'isMeant' | 'keyOf' | 'compare' | 'maxResults'
>;

/** The rows after a key, in order: those of a page and, where there are more, one or more of them. */
function nextOfAny<Row, SortKey>(request: Rows<Row, SortKey>, after: SortKey | undefined): readonly Row[] {
  const { rows, keyOf, compare, maxResults } = request;
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  const rest = after === undefined ? keyed : keyed.filter(({ key }) => compare(key, after) > 0);
  return firstOf(rest, maxResults + 1, (a, b) => compare(a.key, b.key)).map(({ row }) => row);
}

/** As the other, of sorted rows: looks at no more of them than it takes. */
function nextOfSorted<Row, SortKey>(request: Rows<Row, SortKey>, after: SortKey | undefined): readonly Row[] {
  const { rows, isMeant = () => true, keyOf, compare, maxResults } = request;
  const found: Row[] = [];
  const isBehind = (row: Row) => after === undefined || compare(keyOf(row), after) > 0;
  for (let at = firstWhere(rows, isBehind); at < rows.length && found.length <= maxResults; at += 1) {
    const row = rows[at];
    if (row !== undefined && isMeant(row, at)) found.push(row);
  }
  return found;
}

/** Throws INVALID_PARAMETER_VALUE outside 1..50000 (MLflow: _validate_max_results_param). */
export function checkMaxResults(maxResults: number | bigint): void {
  const invalid = `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be `;
  if (maxResults < 1) throw invalidParameter(`${invalid}a positive integer`);
  if (maxResults > MAX_SEARCH_RESULTS) throw invalidParameter(`${invalid}at most ${MAX_SEARCH_RESULTS}`);
}
