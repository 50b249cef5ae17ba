import type { BatchOperation, Item, Store, SubDb } from 'dynalite/db/index.js';
import { withoutPrototype } from './actions.ts';
import { itemSize } from './parts.ts';

/**
 * Stands between dynalite's actions and the store: reads pass, writes are kept until `commit` writes them all at once, or nobody
 * does. It takes no locks, so only one may be open at a time; and it does not read its own writes, so look at `hasRepeatedItem`.
 */
export class Recorder {
  readonly #base: Store;
  readonly #writes = new Map<string, BatchOperation>();
  readonly #items = new Set<string>();
  #sizeBytes = 0;
  #hasRepeatedItem = false;
  #lastItem: Item | undefined;

  constructor(base: Store) {
    this.#base = base;
  }

  /** The store for an action to run over; with `isDry` what it writes is dropped. */
  store({ isDry = false } = {}): Store {
    const base = this.#base;
    // The keys are dynalite's (db/index.js, getSubDb): one LevelDB for all, each table and index under a prefix of its own.
    return {
      ...base,
      getItemDb: (table) => this.#subDb(`item-${table}~`, base.getItemDb(table), isDry),
      getIndexDb: (kind, table, index) =>
        this.#subDb(`index-${kind.toLowerCase()}~${table}~${index}~`, base.getIndexDb(kind, table, index), isDry),
    };
  }

  /** The item as the last action found it. */
  get lastItem(): Item | undefined {
    return this.#lastItem;
  }

  /** Whether two actions worked on one item. */
  get hasRepeatedItem(): boolean {
    return this.#hasRepeatedItem;
  }

  /** The size of all that was put, in bytes, index entries included. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Writes all that was recorded in one LevelDB batch: should the process die, all of it is there or none. */
  async commit(): Promise<void> {
    if (this.#writes.size > 0) await this.#base.db.batch([...this.#writes.values()]);
  }

  #subDb(prefix: string, base: SubDb, isDry: boolean): SubDb {
    const record = (key: string, write: BatchOperation): void => {
      if (!isDry) this.#writes.set(key, write);
    };
    return {
      lock: (_key, work) => work((done) => done),
      get: (key, done) => {
        this.#hasRepeatedItem ||= this.#items.has(prefix + key);
        this.#items.add(prefix + key);
        base.get(key, (error, item) => {
          this.#lastItem = item && withoutPrototype(item);
          done(error, this.#lastItem);
        });
      },
      put: (key, value, done) => {
        this.#sizeBytes += itemSize(value);
        record(prefix + key, { type: 'put', key: prefix + key, value });
        done();
      },
      del: (key, done) => {
        record(prefix + key, { type: 'del', key: prefix + key });
        done();
      },
    };
  }
}
