import type { Fail, Field, Group, Vocabulary } from './entity-table.ts';
import type { Identifier } from './split-identifier.ts';

/** Finds the group that a name's prefix stands for; throws what `fail` makes of MLflow's sentence when there is none. */
export function resolveGroup({ groups, wording }: Vocabulary, { prefix = '' }: Identifier, fail: Fail): Group {
  const group = groups.get(prefix);
  if (group === undefined) throw fail(wording.unknownPrefix(prefix));
  return group;
}

/** Finds what a name in a filter means; throws what `fail` makes of MLflow's sentence when it means nothing. */
export function resolveField(table: Vocabulary, identifier: string, fail: Fail): Field {
  const name = table.split(identifier);
  const { key } = name;
  const group = resolveGroup(table, name, fail);
  if (group.kind === 'keyed') {
    const { word, rules, target } = group;
    return { word, key, rules, target: { kind: target, key }, comparators: rules.comparators };
  }
  const named = group.fields.get(key);
  if (named === undefined) throw fail(table.wording.unknownKey(group.word, key, [...group.fields.keys()]));
  return { word: group.word, key, rules: named.rules, target: named.target, comparators: named.rules.comparators };
}
