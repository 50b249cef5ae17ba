import type { Item, Store } from 'dynalite/db/index.js';
import { prepareAction } from './actions.ts';
import { isItem } from './is-item.ts';
import { validationError } from './refusal.ts';

/** Keeps a table's time-to-live setting for DescribeTimeToLive; nothing ever expires here, as the laptop has no sweeper. */
export const updateTimeToLive = async (store: Store, input: Item): Promise<Item> => {
  const { TableName, TimeToLiveSpecification } = input;
  if (!isItem(TimeToLiveSpecification)) throw validationError('UpdateTimeToLive needs a TimeToLiveSpecification');
  await requireTable(store, TableName);
  await store.db.put(keyOf(TableName), TimeToLiveSpecification);
  return { TimeToLiveSpecification };
};

/** A table's time-to-live setting: ENABLED with its attribute, or DISABLED. */
export const describeTimeToLive = async (store: Store, input: Item): Promise<Item> => {
  await requireTable(store, input.TableName);
  const setting = await store.db.get(keyOf(input.TableName));
  const isEnabled = isItem(setting) && setting.Enabled === true;
  return {
    TimeToLiveDescription: isEnabled
      ? { TimeToLiveStatus: 'ENABLED', AttributeName: setting.AttributeName }
      : { TimeToLiveStatus: 'DISABLED' },
  };
};

/** Deletes a table together with its time-to-live setting. */
export const deleteTable = async (store: Store, input: Item): Promise<Item> => {
  const { TableName } = input;
  const output = await prepareAction('deleteTable', input, store)(store);
  await store.db.del(keyOf(TableName));
  return output;
};

const requireTable = (store: Store, TableName: unknown): Promise<Item> =>
  prepareAction('describeTable', { TableName }, store)(store);

// Beside dynalite's own prefixes (`table~`, `item-...~`, `index-...~`, `tag-...~`).
const keyOf = (table: unknown): string => `ttl~${table}`;
