import { compareCodePoints } from '../domain/code-points.ts';
import type { EntityTable, Scalar } from './entity-table.ts';
import { ENTITY_TABLES } from './fields/entity-tables.ts';
import { integerOf } from './integer.ts';
import { MODEL_STATUSES } from './model-status.ts';
import type { OrderBy, OrderTerm, SortType } from './order-by.ts';
import type { Entity, RowOf } from './row.ts';

/**
 * A row's place in an order, one part per term; JSON keeps it, so a page token can carry it. A missing value is null.
 * Of numbers, those that JSON does not keep are texts: `NaN`, `Infinity`, `-Infinity`, and integers beyond 2^53.
 */
export type SortKey = readonly SortKeyPart[];
export type SortKeyPart = string | number | null;

/** Makes the function that gives rows their sort keys. */
export function compileSortKey<E extends Entity>(orderBy: OrderBy<E>): (row: RowOf[E]) => SortKey {
  const table: EntityTable<RowOf[E]> = ENTITY_TABLES[orderBy.entity];
  const readers = orderBy.terms.map((term) => {
    const read = table.order.read[term.target.kind];
    if (read === undefined) throw new Error(`No order of this entity has a ${term.target.kind}`);
    return (row: RowOf[E]) => sortKeyPartOf(read(row, term), term.type);
  });
  return (row) => readers.map((read) => read(row));
}

/**
 * Orders two keys of one order: negative, zero or positive. Per term: present values, then NaN, then missing ones, in
 * either direction; texts by code point (MLflow: _get_orderby_clauses).
 */
export function compareSortKeys({ terms }: OrderBy, a: SortKey, b: SortKey): number {
  let at = 0;
  for (const term of terms) {
    const order = compareParts(term, a[at] ?? null, b[at] ?? null);
    if (order !== 0) return order;
    at += 1;
  }
  return 0;
}

/** A value as a part of a sort key. */
export function sortKeyPartOf(value: Scalar | undefined, type: SortType): SortKeyPart {
  if (value === undefined) return null;
  if (type === 'text') return String(value);
  if (type === 'modelStatus') return MODEL_STATUSES.indexOf(String(value));
  return encodeNumber(typeof value === 'string' ? integerOf(value) : value);
}

function encodeNumber(value: number | bigint): SortKeyPart {
  return typeof value === 'number' && Number.isFinite(value) ? value : String(value);
}

/** The number that a part of a sort key stands for; integers of any size are exact. */
export const numberOfSortKeyPart = (part: string | number): number | bigint =>
  typeof part === 'string' && /^-?\d+$/.test(part) ? BigInt(part) : Number(part);

function compareParts({ type, isAscending }: OrderTerm, a: SortKeyPart, b: SortKeyPart): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return directed(compareNumbers(a, b), isAscending);
  if (type === 'text') return directed(compareCodePoints(String(a), String(b)), isAscending);
  const isNanA = a === 'NaN';
  const isNanB = b === 'NaN';
  if (isNanA || isNanB) return Number(isNanA) - Number(isNanB);
  return directed(compareNumbers(numberOfSortKeyPart(a), numberOfSortKeyPart(b)), isAscending);
}

const directed = (order: number, isAscending: boolean): number => (isAscending ? order : -order);

function compareNumbers(a: number | bigint, b: number | bigint): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
