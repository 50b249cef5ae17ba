import type { Done, Item, Store } from 'dynalite/db/index.js';
import type { Validation } from 'dynalite/validations/index.js';
import { isItem } from './is-item.ts';
import { checkTypes, checkValidations, load } from './parts.ts';

/** A request to one of dynalite's actions that has passed its validation, ready to run over a store. */
export type PreparedAction = (store: Store) => Promise<Item>;

type Action = (store: Store, data: Item, done: Done<Item>) => void;

/** Validates a request as dynalite's `action` (`putItem`, ...) does and throws its refusal, or returns it ready to run. */
export const prepareAction = (action: string, input: Item, store: Store): PreparedAction => {
  const run: Action = load(`dynalite/actions/${action}.js`);
  const { types, custom }: Validation = load(`dynalite/validations/${action}.js`);
  const data = checkTypes(input, types);
  checkValidations(data, types, custom, store);
  const ready = withoutPrototypes(data);
  return (over) =>
    new Promise((resolve, reject) => {
      run(over, ready, (error, output) => (error ? reject(error) : resolve(output ?? {})));
    });
};

/** Lets an item have attributes named as what every object inherits, `constructor` for one. */
export const withoutPrototype = (item: Item): Item => Object.assign(Object.create(null), item);

// UpdateItem makes a new item out of its Key.
const withoutPrototypes = (data: Item): Item => {
  const { Key: key } = data;
  return isItem(key) ? { ...data, Key: withoutPrototype(key) } : data;
};
