/** The rows of a list, and whether they are in order. */
export interface OrderedRows<Row> {
  readonly rows: readonly Row[];
  readonly isSorted: boolean;
}

/** An order, named by what it is made from, as `pageOf` needs it. */
export interface RowOrder<Row, SortKey> {
  readonly name: string;
  readonly keyOf: (row: Row) => SortKey;
  readonly compare: (a: SortKey, b: SortKey) => number;
}

interface Known<Row> {
  readonly rows: readonly Row[];
  /** The orders that were asked for, the longest unused first; undefined for one that was asked for once. */
  readonly orders: Map<string, readonly Row[] | undefined>;
}

/** As many orders of a list are kept: those that pages are turned in. */
const MAX_ORDERS = 8;
/** Shorter lists are sorted anew. */
const MIN_KEPT_ROWS = 200;

/**
 * Makes rows of lists, and puts them in order. A store that keeps a list gives the very same one to each search until something in
 * it changes: its rows are kept, too, and sorted for an order that is asked for again, so that a page costs what it holds.
 * Of a list that is read anew for each search nothing is kept.
 */
export function createOrderedRows<Value, Row>(rowOf: (value: Value) => Row) {
  const known = new WeakMap<readonly Value[], Known<Row>>();

  return <SortKey>(list: readonly Value[], { name, keyOf, compare }: RowOrder<Row, SortKey>): OrderedRows<Row> => {
    const { rows, orders } = known.get(list) ?? { rows: list.map(rowOf), orders: new Map() };
    if (rows.length < MIN_KEPT_ROWS) return { rows, isSorted: false };
    known.set(list, { rows, orders });
    const isAskedAgain = orders.has(name);
    const sorted = isAskedAgain ? (orders.get(name) ?? sortedBy(rows, keyOf, compare)) : undefined;
    orders.delete(name);
    orders.set(name, sorted);
    const [oldest] = orders.keys();
    if (orders.size > MAX_ORDERS && oldest !== undefined) orders.delete(oldest);
    return sorted ? { rows: sorted, isSorted: true } : { rows, isSorted: false };
  };
}

function sortedBy<Row, SortKey>(
  rows: readonly Row[],
  keyOf: (row: Row) => SortKey,
  compare: (a: SortKey, b: SortKey) => number,
): readonly Row[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ row }) => row);
}
