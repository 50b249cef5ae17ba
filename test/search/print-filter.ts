import type { ClauseNode, FilterNode, ValueNode } from '../../functions/search/ast.ts';

/** Writes a filter so that it reads back as the same nodes, but for their places. */
export const printFilter = (filter: FilterNode): string => filter.clauses.map(printClause).join(' AND ');

function printClause(clause: ClauseNode): string {
  const left = `${clause.identifier.text} ${clause.comparator.text}`;
  return clause.kind === 'NullTest' ? left : `${left} ${printValue(clause.value)}`;
}

const printValue = (value: ValueNode): string =>
  value.kind === 'List' ? `(${value.items.map(printValue).join(', ')})` : value.text;
