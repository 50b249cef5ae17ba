import type { EntityTable, Fail, Field, Group, Identifier } from './entity-table.ts';

/** Splits a dotted name at its first dot and takes the quotes off both halves (MLflow: SearchUtils._get_identifier). */
export function splitAtFirstDot(identifier: string): Identifier {
  const dot = identifier.indexOf('.');
  if (dot < 0) return { prefix: undefined, key: unquoteKey(identifier) };
  return { prefix: unquote(identifier.slice(0, dot), '`'), key: unquoteKey(identifier.slice(dot + 1)) };
}

const unquoteKey = (key: string): string => unquote(unquote(unquote(key, "'"), '"'), '`');

const unquote = (text: string, quote: string): string =>
  text.length >= 2 && text.startsWith(quote) && text.endsWith(quote) ? text.slice(1, -1) : text;

/** Finds the group that a name's prefix stands for. */
export function resolveGroup(table: EntityTable<never>, { prefix }: Identifier, fail: Fail): Group {
  const group = table.groups.get(prefix ?? '');
  const isKnown = group !== undefined && prefix !== '';
  if (!isKnown) throw fail(table.wording.unknownPrefix(prefix ?? ''));
  return group;
}

/** Finds what a name in a filter means. */
export function resolveField(table: EntityTable<never>, identifier: string, fail: Fail): Field {
  const { key, prefix } = table.split(identifier);
  const group = resolveGroup(table, { key, prefix }, fail);
  if (group.kind === 'keyed') {
    const { word, rules, target } = group;
    return { word, key, rules, target: { kind: target, key }, comparators: rules.comparators };
  }
  const named = group.fields.get(key);
  if (named === undefined) throw fail(table.wording.unknownKey(group.word, key, [...group.fields.keys()]));
  return { word: group.word, key, rules: named.rules, target: named.target, comparators: named.rules.comparators };
}
