import { invalidParameter } from '../domain/errors.ts';
import { pythonReprOfList } from '../domain/messages.ts';
import type { EntityTable, Fail } from './entity-table.ts';
import { ENTITY_TABLES } from './fields/entity-tables.ts';
import { tokenize } from './lexer.ts';
import { MAX_ORDER_BY_ITEMS, MAX_ORDER_BY_LENGTH } from './limits.ts';
import type { OrderBy, OrderTerm } from './order-by.ts';
import { resolveGroup } from './resolve-field.ts';
import type { Entity } from './row.ts';
import { clip } from './search-error.ts';
import { type Token, TokenKind } from './token-kind.ts';

/**
 * Reads the order_by of a search for anything but logged models; the empty list is the entity's own order. Throws
 * INVALID_PARAMETER_VALUE in MLflow's words, with the item's number (MLflow: parse_order_by_for_search_runs and its
 * siblings; a field that is there twice is a 500 to them, unless experiments are searched).
 */
export function parseOrderBy<E extends Exclude<Entity, 'loggedModels'>>(
  entity: E,
  items: readonly string[],
): OrderBy<E> {
  refuseTooMany(items);
  const table = ENTITY_TABLES[entity];
  const terms = items.map((item, at) => parseItem(table, item, failAtItem(at)));
  const names = new Set(terms.map(({ target }) => `${target.kind}.${target.key}`));
  if (table.order.refusesDuplicates && names.size < terms.length) {
    throw invalidParameter(
      `\`order_by\` contains duplicate fields: ${pythonReprOfList(items.map((item) => clip(item)))}`,
    );
  }
  return completeOrder(entity, terms);
}

/** Throws INVALID_PARAMETER_VALUE for more items than anybody needs. */
export function refuseTooMany(items: readonly unknown[]): void {
  if (items.length <= MAX_ORDER_BY_ITEMS) return;
  throw invalidParameter(`Invalid order_by: it has ${items.length} items; at most ${MAX_ORDER_BY_ITEMS} are allowed`);
}

/** Makes errors that name the item, the first one 1. */
export const failAtItem =
  (at: number): Fail =>
  (message) =>
    invalidParameter(`${message} (at order_by item ${at + 1})`);

/** Adds what makes an order total. */
export function completeOrder<E extends Entity>(entity: E, given: readonly OrderTerm[]): OrderBy<E> {
  const { whenNoneGiven, tieBreakers } = ENTITY_TABLES[entity].order;
  const terms = given.length === 0 ? whenNoneGiven : given;
  const isMissing = ({ target }: OrderTerm) =>
    !terms.some((term) => term.target.kind === target.kind && term.target.key === target.key);
  return { entity, terms: [...terms, ...tieBreakers.filter(isMissing)] };
}

function parseItem<Row>(table: EntityTable<Row>, item: string, fail: Fail): OrderTerm {
  const { name, isAscending } = readItem(item, fail);
  if (table.order.find !== undefined) return { ...table.order.find(name, fail), isAscending };
  const identifier = table.split(name);
  const { key } = identifier;
  const group = resolveGroup(table, identifier, fail);
  if (group.kind === 'keyed') {
    if (group.sortType === undefined) throw fail(table.wording.unorderable(group.word));
    return { target: { kind: group.target, key }, type: group.sortType, isAscending };
  }
  const order = group.fields.get(key)?.order;
  if (order !== undefined) return { ...order, isAscending };
  const orderable = [...group.fields].filter(([, field]) => field.order !== undefined).map(([known]) => known);
  if (orderable.length === 0) throw fail(table.wording.unorderable(group.word));
  throw fail(table.wording.unknownKey(group.word, key, orderable));
}

interface Item {
  readonly name: string;
  readonly isAscending: boolean;
}

/** Item : Name ( `ASC` | `DESC` )? ; without blanks around it. A direction lets quotes stand around a whole dotted name. */
function readItem(item: string, fail: Fail): Item {
  const isTooLong = item.length > MAX_ORDER_BY_LENGTH;
  const hasBlanksAround = /^\s|\s$/.test(item);
  const [name, direction, ...more] = isTooLong || hasBlanksAround ? [] : tokenize(item).slice(0, -1);
  const isItem = name !== undefined && isName(name) && (direction === undefined || isName(direction));
  if (!isItem || more.length > 0) throw fail(`Invalid order_by clause '${clip(item)}'. Could not be parsed.`);
  if (direction === undefined) return { name: name.text, isAscending: true };
  const isAscending = /^asc$/i.test(direction.text);
  const isDirection = isAscending || /^desc$/i.test(direction.text);
  if (!isDirection) throw fail(`Invalid ordering key in order_by clause '${clip(item)}'.`);
  return { name: name.text.replace(/^(["`])([^"`]*)\1$/, '$2'), isAscending };
}

const isName = ({ kind, text }: Token): boolean =>
  kind === TokenKind.Identifier || (kind === TokenKind.String && text.startsWith('"'));
