import { firstWhere } from './first-where.ts';

/** The rows of a list in an order. */
export interface OrderedRows<Row> {
  readonly rows: readonly Row[];
  /** What is read of each row, in the order of the rows; read once for all searches, `name` being what it is asked for by. */
  readonly column: <Value>(name: string, read: (row: Row) => Value) => readonly Value[];
  /** The rows that pass a test by their places, in their order; undefined when `name` is asked for for the first time. */
  readonly passing: (name: string, test: (at: number) => boolean) => readonly Row[] | undefined;
}

/** An order, named by what it is made from, as `pageOf` needs it. */
export interface RowOrder<Row, SortKey> {
  readonly name: string;
  readonly keyOf: (row: Row) => SortKey;
  readonly compare: (a: SortKey, b: SortKey) => number;
}

interface KnownOrder<Row, SortKey> extends OrderedRows<Row> {
  readonly order: RowOrder<Row, SortKey>;
}

/** A filter that was asked for, and what passes it, once it was asked for again. */
interface KnownFilter<Row> {
  passing?: readonly Row[];
}

/** A list, and the orders that were asked for by their names, the longest unused first. */
interface KnownList<Row, SortKey> {
  readonly list: readonly Row[];
  readonly orders: Map<string, KnownOrder<Row, SortKey>>;
}

/** As many orders of a list are kept. */
const MAX_ORDERS = 4;
/** As many columns of an order are kept: clauses of filters. */
const MAX_COLUMNS = 16;
/** As many filters of an order are kept. */
const MAX_FILTERS = 8;
/** Where more rows than these differ, a list has little to do with the one before. */
const MAX_DIFFERENCES = 500;

/**
 * Puts lists in order. A store that keeps a list gives the very same one to each search until something in it changes: it is
 * sorted once, so that a page costs what it holds, and after a change what was sorted is mended. Of a list that is read anew for
 * each search nothing is held fast.
 */
export function createOrderedRows<Row, SortKey>() {
  const lists = new WeakMap<readonly Row[], KnownList<Row, SortKey>>();
  let last: WeakRef<KnownList<Row, SortKey>> | undefined;

  const meet = (list: readonly Row[]): KnownList<Row, SortKey> => {
    const before = last?.deref();
    const here = { list, orders: (before && mendedOrders(before, list)) ?? new Map() };
    lists.set(list, here);
    last = new WeakRef(here);
    return here;
  };

  return (list: readonly Row[], order: RowOrder<Row, SortKey>): OrderedRows<Row> => {
    const { orders } = lists.get(list) ?? meet(list);
    return use(orders, MAX_ORDERS, order.name, () => ({ order, ...withColumns(sortedBy(list, order)) }));
  };
}

/** What a map of so many has under a name, made where it is not there; forgets what was not used for longest. */
function use<Value>(kept: Map<string, Value>, most: number, name: string, make: () => Value): Value {
  const value = kept.get(name) ?? make();
  kept.delete(name);
  kept.set(name, value);
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
  return value;
}

function withColumns<Row>(rows: readonly Row[]): OrderedRows<Row> {
  const columns = new Map<string, readonly unknown[]>();
  const filters = new Map<string, KnownFilter<Row>>();
  return {
    rows,
    // A name stands for one way to read a row.
    column: <Value>(name: string, read: (row: Row) => Value) =>
      use(columns, MAX_COLUMNS, name, () => rows.map(read)) as readonly Value[],
    passing: (name, test) => {
      const isNew = !filters.has(name);
      const filter = use(filters, MAX_FILTERS, name, (): KnownFilter<Row> => ({}));
      if (!isNew) filter.passing ??= rows.filter((_, at) => test(at));
      return filter.passing;
    },
  };
}

function sortedBy<Row, SortKey>(rows: readonly Row[], { keyOf, compare }: RowOrder<Row, SortKey>): readonly Row[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ row }) => row);
}

/** The orders of a list for one that came of it by a few changes; undefined when there were more. */
function mendedOrders<Row, SortKey>(
  { list: before, orders }: KnownList<Row, SortKey>,
  list: readonly Row[],
): KnownList<Row, SortKey>['orders'] | undefined {
  const changes = changesBetween(before, list);
  if (!changes) return undefined;
  return new Map(
    [...orders].map(([name, { order, rows }]) => [name, { order, ...withColumns(mended(rows, changes, order)) }]),
  );
}

interface Changes<Row> {
  readonly gone: ReadonlySet<Row>;
  readonly come: readonly Row[];
}

/** What stands elsewhere in a list than in the one before; undefined when that is much. */
function changesBetween<Row>(before: readonly Row[], after: readonly Row[]): Changes<Row> | undefined {
  const gone = new Set<Row>();
  const come: Row[] = [];
  const longest = Math.max(before.length, after.length);
  for (let at = 0; at < longest; at += 1) {
    const [old, row] = [before[at], after[at]];
    if (old === row) continue;
    if (old !== undefined) gone.add(old);
    if (row !== undefined) come.push(row);
    if (gone.size + come.length > MAX_DIFFERENCES) return undefined;
  }
  return { gone, come };
}

/** Sorted rows without those that are gone, and those that have come in their places. */
function mended<Row, SortKey>(
  sorted: readonly Row[],
  { gone, come }: Changes<Row>,
  order: RowOrder<Row, SortKey>,
): readonly Row[] {
  const { keyOf, compare } = order;
  const arrivals = sortedBy(come, order).map((row) => {
    const key = keyOf(row);
    return { row, place: firstWhere(sorted, (other) => compare(keyOf(other), key) > 0) };
  });
  // One array of so many, written over: each more is work for the garbage collector after every write.
  const rows = sorted.slice();
  let to = 0;
  let from = 0;
  const put = (row: Row) => {
    rows[to] = row;
    to += 1;
  };
  const putUntil = (end: number) => {
    for (; from < end; from += 1) {
      const row = sorted[from];
      if (row !== undefined && !gone.has(row)) put(row);
    }
  };
  for (const { row, place } of arrivals) {
    putUntil(place);
    put(row);
  }
  putUntil(sorted.length);
  rows.length = to;
  return rows;
}
