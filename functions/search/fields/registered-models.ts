import { type EntityTable, type Group, groupsByPrefix, type NamedField, type OrderKey } from '../entity-table.ts';
import type { RegistryRow } from '../row.ts';
import { clip } from '../search-error.ts';
import { onlyListsOf, pythonSet } from '../wording.ts';
import { attribute, byAttribute, LIST_TEXT_RULES, orderedAttribute } from './field-kinds.ts';
import { registryTags, registryWording, splitRegistryName } from './registry.ts';

const attributes: Group = {
  kind: 'named',
  word: 'attribute',
  fields: new Map<string, NamedField>(attribute('name', LIST_TEXT_RULES, 'text')),
};

const LAST_UPDATE: OrderKey = { target: { kind: 'attribute', key: 'last_updated_timestamp' }, type: 'number' };

const ORDER_KEYS: ReadonlyMap<string, OrderKey> = new Map<string, OrderKey>([
  ['name', { target: { kind: 'attribute', key: 'name' }, type: 'text' }],
  ['timestamp', LAST_UPDATE],
  ['last_updated_timestamp', LAST_UPDATE],
]);

/** Registered models (MLflow: SearchModelUtils; model_registry/sqlalchemy_store.py, search_registered_models). */
export const registeredModels: EntityTable<RegistryRow> = {
  split: splitRegistryName,
  groups: groupsByPrefix([
    [['', 'attribute'], attributes],
    [['tag', 'tags'], registryTags],
  ]),
  wording: { ...registryWording, listNotSupported: onlyListsOf('name') },
  values: 'quoted',
  one: { attribute: (row, key) => row.attribute(key), tag: (row, key) => row.tag(key) },
  many: {},
  order: {
    whenNoneGiven: [],
    tieBreakers: [byAttribute('name', 'text', 'ASC')],
    refusesDuplicates: true,
    find: (name, fail) => {
      const key = ORDER_KEYS.get(name);
      if (key !== undefined) return key;
      // MLflow names those that it recommends.
      throw fail(
        `Invalid order by key '${clip(name)}' specified. Valid keys are '${pythonSet(['name', 'timestamp'])}'`,
      );
    },
    read: { attribute: orderedAttribute },
  },
};
