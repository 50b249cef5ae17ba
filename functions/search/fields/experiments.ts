import {
  type EntityTable,
  type Fail,
  type Group,
  groupsByPrefix,
  type NamedField,
  type NumberRules,
  type TextRules,
} from '../entity-table.ts';
import { LIST_COMPARATORS, TEXT_COMPARATORS } from '../filter.ts';
import { integerOf } from '../integer.ts';
import type { ExperimentRow } from '../row.ts';
import { clip } from '../search-error.ts';
import { splitAtFirstDot } from '../split-identifier.ts';
import { onlyListsOf, searchWording, type Wording } from '../wording.ts';
import {
  attribute,
  byAttribute,
  LISTLESS_TEXT_RULES,
  NUMBER_RULES,
  OPTIONAL_TEXT_RULES,
  orderedAttribute,
} from './field-kinds.ts';

/** `02` and ` 2 ` are the id 2 (MLflow: _parse_experiment_id). */
function experimentIdOf(text: string, fail: Fail): string {
  const digits = text.trim().replace(/^\+/, '');
  if (/^-?\d+$/.test(digits)) return String(integerOf(digits));
  throw fail(`Invalid experiment ID '${clip(text)}'. Experiment ID must be a valid integer.`);
}

const ID_RULES: TextRules = {
  type: 'text',
  comparators: [...TEXT_COMPARATORS, ...LIST_COMPARATORS],
  takesList: true,
  normalize: experimentIdOf,
};

const TIME_RULES: NumberRules = { ...NUMBER_RULES, isInteger: true };

const attributes: Group = {
  kind: 'named',
  word: 'attribute',
  fields: new Map<string, NamedField>([
    ...attribute('name', LISTLESS_TEXT_RULES, 'text'),
    ...attribute('experiment_id', ID_RULES, 'id'),
    ...attribute('creation_time', TIME_RULES, 'number'),
    ...attribute('last_update_time', TIME_RULES, 'number'),
  ]),
};

const tags: Group = { kind: 'keyed', word: 'tag', target: 'tag', rules: OPTIONAL_TEXT_RULES };

const wording: Wording = {
  ...searchWording,
  invalidClause: (_source, offending) => `Invalid clause(s) in filter string: ${clip(offending)}`,
  unknownPrefix: (prefix) =>
    `Invalid entity type '${clip(prefix)}'. Valid entity types are ('attribute', 'tag', 'tags')`,
  nullTest: ({ key }) => `IS NULL / IS NOT NULL is only supported for tags, not for attribute '${key}'`,
  listNotSupported: onlyListsOf('experiment_id'),
  unorderable: (word) => `Invalid order_by entity: ${word}`,
  wrongComparator: (field, comparator) => {
    if (field.word === 'tag') return `Invalid comparator for tag: ${clip(comparator)}`;
    if (field.key === 'experiment_id') return `Invalid comparator for experiment_id: ${clip(comparator)}`;
    return searchWording.wrongComparator(field, comparator);
  },
};

/** Experiments (MLflow: SearchExperimentsUtils; sqlalchemy_store.py, _search_experiments). */
export const experiments: EntityTable<ExperimentRow> = {
  split: splitAtFirstDot,
  groups: groupsByPrefix([
    [['', 'attribute'], attributes],
    [['tag', 'tags'], tags],
  ]),
  wording,
  values: 'quoted',
  one: { attribute: (row, key) => row.attribute(key), tag: (row, key) => row.tag(key) },
  many: {},
  order: {
    whenNoneGiven: [byAttribute('creation_time', 'number', 'DESC'), byAttribute('experiment_id', 'id', 'ASC')],
    tieBreakers: [byAttribute('experiment_id', 'id', 'DESC')],
    refusesDuplicates: false,
    read: { attribute: orderedAttribute },
  },
};
