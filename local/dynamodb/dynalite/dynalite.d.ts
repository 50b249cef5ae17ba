/** The parts of dynalite 4.0.0 that the embedded DynamoDB stands on; dynalite has no types of its own. */
declare module 'dynalite/db/index.js' {
  /** An item or key in DynamoDB's JSON. */
  export type Item = Record<string, unknown>;

  /** Called once: with an error (one with `statusCode` and `body` is an answer for the client), or with the result. */
  export type Done<T> = (error?: Error | null, value?: T) => void;

  export type BatchOperation =
    | { readonly type: 'put'; readonly key: string; readonly value: unknown }
    | { readonly type: 'del'; readonly key: string };

  /** The items of a table or the entries of an index. */
  export interface SubDb {
    /** Calls `work` when no one else works on the key; `release(done)` wraps a callback so that it first frees the key. */
    lock(key: string, work: (release: <T>(done: Done<T>) => Done<T>) => void): void;
    get(key: string, done: Done<Item | undefined>): void;
    put(key: string, value: Item, done: Done<void>): void;
    del(key: string, done: Done<void>): void;
  }

  export interface TableRecord {
    readonly TableStatus: string;
  }

  export interface Level {
    open(): Promise<void>;
    get(key: string): Promise<unknown>;
    put(key: string, value: unknown): Promise<void>;
    del(key: string): Promise<void>;
    batch(operations: readonly BatchOperation[]): Promise<void>;
    close(): Promise<void>;
    iterator(range: { readonly gte: string; readonly lt: string }): AsyncIterable<[string, TableRecord]>;
  }

  export interface Store {
    readonly db: Level;
    getItemDb(table: string): SubDb;
    getIndexDb(kind: string, table: string, index: string): SubDb;
  }

  export interface StoreOptions {
    readonly path?: string | undefined;
    readonly createTableMs: number;
    readonly deleteTableMs: number;
    readonly updateTableMs: number;
  }

  export function create(options: StoreOptions): Store;
  export function itemSize(item: Item): number;
}

declare module 'dynalite/validations/index.js' {
  import type { Item, Store } from 'dynalite/db/index.js';

  /** The shape of a request and the rules across its fields, as a file of dynalite/validations exports them. */
  export interface Validation {
    readonly types: object;
    readonly custom?: (data: Item, store: Store) => string | undefined;
  }

  export function checkTypes(data: Item, types: Validation['types']): Item;
  export function checkValidations(data: Item, types: object, custom: Validation['custom'], store: Store): void;
}
