import type { OrderBy, OrderTerm } from '../../search/order-by.ts';
import type { SortKey } from '../../search/sort-key.ts';
import type { Column } from './column.ts';
import { type OrderKey, type OrderKeys, orderKeyOfRow, orderKeysOf } from './order-keys.ts';

/** Compares two rows of a segment: negative, zero or positive. */
export type CompareRows = (a: number, b: number) => number;

/** A segment's rows in the order of a search, as compareSortKeys has it. */
export interface RowOrder {
  /** Undefined when the rows are stored in this order. */
  readonly compare: CompareRows | undefined;
  /** Makes the function that tells how a row stands to a sort key. */
  readonly compareTo: (key: SortKey) => (row: number) => number;
}

interface Term extends OrderKeys {
  /** 1 for ascending, -1 for descending. */
  readonly direction: number;
}

/** Makes the order of a segment's rows; `columnOf` gives a term's column. */
export function rowOrderOf(
  { terms }: OrderBy<'runs'>,
  rowCount: number,
  columnOf: (term: OrderTerm) => Column | undefined,
): RowOrder {
  const known = new Map<OrderTerm, Term>();
  const termOf = (term: OrderTerm): Term => {
    const made = known.get(term) ?? { ...orderKeysOf(columnOf(term), rowCount), direction: term.isAscending ? 1 : -1 };
    known.set(term, made);
    return made;
  };
  const deciding = withoutStoredOrder(terms).map(termOf);
  return {
    compare: deciding.length === 0 ? undefined : deciding.reduceRight(compareBefore, compareStored),
    compareTo: (key) => compareToKey(terms.map(termOf), key),
  };
}

/** Rows are stored by these terms, so that where they come last the rows' numbers tell the same. */
const STORED_ORDER = ['attribute start_time DESC', 'attribute run_id ASC'];

const nameOf = ({ target, isAscending }: OrderTerm): string =>
  `${target.kind} ${target.key} ${isAscending ? 'ASC' : 'DESC'}`;

function withoutStoredOrder(terms: readonly OrderTerm[]): readonly OrderTerm[] {
  const last = terms.slice(-STORED_ORDER.length).map(nameOf);
  return last.join() === STORED_ORDER.join() ? terms.slice(0, -STORED_ORDER.length) : terms;
}

const compareStored: CompareRows = (a, b) => a - b;

function compareBefore(others: CompareRows, term: Term): CompareRows {
  const { keys, direction } = term;
  return (a, b) => {
    const keyA = Number(keys[a]);
    const keyB = Number(keys[b]);
    if (keyA < keyB) return -direction;
    if (keyA > keyB) return direction;
    return compareOrderKeys(term, orderKeyOfRow(term, a), orderKeyOfRow(term, b)) || others(a, b);
  };
}

function compareOrderKeys({ direction }: Term, a: OrderKey, b: OrderKey): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.key < b.key) return -direction;
  return a.key > b.key ? direction : 0;
}

function compareToKey(terms: readonly Term[], key: SortKey): (row: number) => number {
  const located = terms.map((term, at) => ({ term, place: term.locate(key[at] ?? null) }));
  return (row) => {
    for (const { term, place } of located) {
      const order = compareOrderKeys(term, orderKeyOfRow(term, row), place);
      if (order !== 0) return order;
    }
    return 0;
  };
}
