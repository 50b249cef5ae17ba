import type { Field, KeyedGroup, TextRules } from '../entity-table.ts';
import { LIKE_COMPARATORS, TEXT_COMPARATORS } from '../filter.ts';
import { clip } from '../search-error.ts';
import { type Identifier, splitAtFirstDot } from '../split-identifier.ts';
import { searchWording, type Wording } from '../wording.ts';

const TAG_RULES: TextRules = { type: 'text', comparators: [...TEXT_COMPARATORS, ...LIKE_COMPARATORS] };

/** The tags of registered models and of their versions. */
export const registryTags: KeyedGroup = { kind: 'keyed', word: 'tag', target: 'tag', rules: TAG_RULES };

/** Splits a name at its first dot; only a tag may stand in quotes (MLflow: _get_model_search_identifier). */
export function splitRegistryName(identifier: string): Identifier {
  const dot = identifier.indexOf('.');
  if (dot < 0) return { prefix: undefined, key: identifier };
  const prefix = identifier.slice(0, dot);
  const isTag = prefix === 'tag' || prefix === 'tags';
  return isTag ? splitAtFirstDot(identifier) : { prefix, key: identifier.slice(dot + 1) };
}

/** What is no text where an attribute wants one, or a list of them. */
const EXPECTED_TEXTS = 'Expected a quoted string value or a list of quoted string values for attributes.';

const wrongComparator = ({ word, key }: Field, comparator: string): string => {
  if (word === 'tag') return `Invalid comparator for tag: ${clip(comparator)}`;
  const place = key === 'version_number' ? 'attribute version_number' : 'attribute';
  return `Invalid comparator for ${place}: ${clip(comparator)}`;
};

/** The sentences that searches for registered models and for their versions share (MLflow: SearchModelUtils, SearchModelVersionUtils). */
export const registryWording: Wording = {
  ...searchWording,
  invalidClause: (_source, offending) => `Invalid clause(s) in filter string: ${clip(offending)}`,
  unknownPrefix: (prefix) =>
    `Invalid entity type '${clip(prefix)}'. Valid entity types are ('attribute', 'tag', 'tags')`,
  nullTest: ({ word }, comparator) => `Invalid comparator for ${word}: ${comparator}`,
  wrongComparator,
  notAnInteger: ({ key }, found) => `Invalid value for numeric attribute '${key}': ${clip(found)}`,
  notAString: (field, found) =>
    field.word === 'tag' ? searchWording.notAString(field, found) : `${EXPECTED_TEXTS} Got value ${clip(found)}`,
};
