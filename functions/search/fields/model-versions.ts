import {
  type EntityTable,
  type Fail,
  type Group,
  groupsByPrefix,
  type NamedField,
  type NumberRules,
  type OrderKey,
} from '../entity-table.ts';
import { NUMBER_COMPARATORS } from '../filter.ts';
import type { SortType } from '../order-by.ts';
import type { RegistryRow } from '../row.ts';
import { clip } from '../search-error.ts';
import { splitAtFirstDot } from '../split-identifier.ts';
import { notQuoted, onlyListsOf, pythonSet, type Wording } from '../wording.ts';
import { attribute, byAttribute, LIST_TEXT_RULES, LISTLESS_TEXT_RULES, orderedAttribute } from './field-kinds.ts';
import { registryTags, registryWording, splitRegistryName } from './registry.ts';

const VERSION_RULES: NumberRules = {
  type: 'number',
  comparators: NUMBER_COMPARATORS,
  isInteger: true,
  takesQuoted: true,
};

const attributes: Group = {
  kind: 'named',
  word: 'attribute',
  fields: new Map<string, NamedField>([
    ...attribute('name', LIST_TEXT_RULES, 'text'),
    ...attribute('version_number', VERSION_RULES, 'number'),
    ...attribute('run_id', LIST_TEXT_RULES, 'text'),
    ...attribute('source_path', LISTLESS_TEXT_RULES, 'text'),
  ]),
};

const orderKey = (key: string, type: SortType): readonly [string, OrderKey] => [
  key,
  { target: { kind: 'attribute', key }, type },
];

const ORDER_KEYS: ReadonlyMap<string, OrderKey> = new Map([
  orderKey('name', 'text'),
  orderKey('version_number', 'number'),
  orderKey('creation_timestamp', 'number'),
  orderKey('last_updated_timestamp', 'number'),
]);

/** A name may have the prefix `attribute.` or `tags.`, and means the same (MLflow: _parse_search_model_versions_order_by). */
function findOrderKey(name: string, fail: Fail): OrderKey {
  const { prefix = 'attribute', key } = splitAtFirstDot(name);
  const order = ORDER_KEYS.get(key);
  const isAttribute = prefix === 'attribute';
  if (!isAttribute && prefix !== 'tag' && prefix !== 'tags') throw fail(registryWording.unknownPrefix(prefix));
  if (order !== undefined) return order;
  const validKeys = [...ORDER_KEYS.keys()];
  throw fail(
    isAttribute
      ? registryWording.unknownKey('attribute', key, validKeys)
      : `Invalid order by key '${clip(key)}' specified. Valid keys are ${pythonSet(validKeys)}`,
  );
}

const ONLY_LISTS = onlyListsOf('name', 'run_id');

const ONLY_NUMBERS =
  "Only the '{'version_number', 'creation_timestamp', 'last_updated_timestamp'}' attributes support comparison with " +
  'numeric values.';

const wording: Wording = {
  ...registryWording,
  listNotSupported: ONLY_LISTS,
  notANumber: (_field, found) => (found.startsWith('(') ? ONLY_LISTS : notQuoted(clip(found))),
  notAString: (field, found) => (field.word === 'tag' ? registryWording.notAString(field, found) : ONLY_NUMBERS),
};

/** Versions of registered models (MLflow: SearchModelVersionUtils; model_registry/sqlalchemy_store.py, search_model_versions). */
export const modelVersions: EntityTable<RegistryRow> = {
  split: splitRegistryName,
  groups: groupsByPrefix([
    [['', 'attribute'], attributes],
    [['tag', 'tags'], registryTags],
  ]),
  wording,
  values: 'quoted',
  one: { attribute: (row, key) => row.attribute(key), tag: (row, key) => row.tag(key) },
  many: {},
  order: {
    whenNoneGiven: [byAttribute('last_updated_timestamp', 'number', 'DESC')],
    tieBreakers: [byAttribute('name', 'text', 'ASC'), byAttribute('version_number', 'number', 'DESC')],
    refusesDuplicates: true,
    find: findOrderKey,
    read: { attribute: orderedAttribute },
  },
};
