import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Journal } from '../../journal/journal.ts';
import { noSuchBucket, S3Error } from '../s3-error.ts';
import { BlobStore } from './blob-store.ts';
import { lockFolder } from './folder-lock.ts';
import {
  applyChange,
  type BlobRef,
  type Bucket,
  blobsOfState,
  type Change,
  changesOfState,
  countChanges,
  type State,
} from './state.ts';

const JOURNAL_FORMAT = { format: 'tracklet-s3', version: 1 };
// Dead lines cost start-up time only; below this a rewrite is not worth its writes.
const MIN_DEAD_LINES = 10_000;

type Decide = (state: ReadonlyMap<string, Bucket>) => readonly Change[];
type Waiting = { readonly decide: Decide; readonly resolve: () => void; readonly reject: (error: unknown) => void };

/** Where the store lives, its clock (milliseconds since 1970) and its source of ids (32 hex digits). */
type StoreOptions = { readonly rootDir: string; readonly now: () => number; readonly newId: () => string };

type Locked = Pick<StoreOptions, 'rootDir' | 'newId'> & { readonly release: () => Promise<void> };

/** What becomes an object: its bytes are to be on the disk before the line that counts them. */
const blobsPut = (change: Change): readonly BlobRef[] => (change.kind === 'put' ? change.object.blobs : []);

/** Forgets parts of which a power cut took the bytes; those that stay may not be on the disk yet. */
const checkParts = (state: State, blobs: BlobStore): void => {
  for (const { uploads } of state.values()) {
    for (const { parts } of uploads.values()) {
      for (const { blob, partNumber } of parts.values()) {
        if (blobs.isWhole(blob)) blobs.doubt(blob);
        else parts.delete(partNumber);
      }
    }
  }
};

const replay = (state: State, entry: unknown): void => {
  // The line's checksum holds, so it is what `append` wrote: the changes of one commit.
  for (const change of entry as readonly Change[]) applyChange(state, change);
};

/**
 * Objects, uploads and buckets: all of it in memory, made durable by a journal; the bytes in immutable blobs. A change happens when its
 * line is in the journal, and never in part.
 */
export class ObjectStore {
  readonly blobs: BlobStore;
  readonly #journal: Journal;
  readonly #release: () => Promise<void>;
  readonly #queue: Waiting[] = [];
  #state: State;
  #committing: Promise<void> | undefined;
  #failure: unknown;
  #deadLinesAllowed = MIN_DEAD_LINES;

  private constructor(blobs: BlobStore, journal: Journal, state: State, release: () => Promise<void>) {
    this.blobs = blobs;
    this.#journal = journal;
    this.#state = state;
    this.#release = release;
  }

  /** Opens the folder (made if absent), takes its lock, and clears away what unfinished writes left. */
  static async open({ rootDir, now, newId }: StoreOptions): Promise<ObjectStore> {
    await mkdir(rootDir, { recursive: true });
    const release = await lockFolder(rootDir, now());
    try {
      return await ObjectStore.#openLocked({ rootDir, newId, release });
    } catch (error) {
      await release();
      throw error;
    }
  }

  static async #openLocked({ rootDir, newId, release }: Locked): Promise<ObjectStore> {
    const state: State = new Map();
    const journal = await Journal.open({ path: join(rootDir, 'journal'), format: JOURNAL_FORMAT }, (entry) =>
      replay(state, entry),
    );
    try {
      const blobs = await BlobStore.open(rootDir, newId);
      checkParts(state, blobs);
      const wasDamaged = (await readdir(rootDir)).some((name) => name.endsWith('.damaged'));
      // After damage an orphan may be someone's file whose line was lost.
      if (!wasDamaged) await blobs.sweep(new Set(Array.from(blobsOfState(state), (blob) => blob.id)));
      const store = new ObjectStore(blobs, journal, state, release);
      await store.#compact();
      return store;
    } catch (error) {
      await journal.close();
      throw error;
    }
  }

  /** The buckets, as of the last change. */
  get buckets(): ReadonlyMap<string, Bucket> {
    return this.#state;
  }

  /** The bucket of that name; 404 NoSuchBucket. */
  bucket(name: string): Bucket {
    const bucket = this.#state.get(name);
    if (bucket === undefined) throw noSuchBucket();
    return bucket;
  }

  /**
   * Decides on the state as it is at that moment and makes all the changes durable together (parts of an upload: with its completion). What `decide` throws rejects, and nothing
   * changed. Commits that wait at the same time share one disk write.
   */
  commit(decide: Decide): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ decide, resolve, reject });
      this.#committing ??= this.#commitAll();
    });
  }

  /** Waits for the commits under way, closes the files and gives the folder free. */
  async close(): Promise<void> {
    while (this.#committing !== undefined) await this.#committing;
    await this.blobs.settled();
    await this.#journal.close();
    await this.#release();
  }

  async #commitAll(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#commitBatch(this.#queue.splice(0));
      await this.#compact();
    }
    // In the same turn as the last look at the queue: a commit that comes later starts a new round.
    this.#committing = undefined;
  }

  async #commitBatch(batch: readonly Waiting[]): Promise<void> {
    const accepted: Waiting[] = [];
    const entries: (readonly Change[])[] = [];
    const freed: BlobRef[] = [];
    for (const waiting of batch) {
      try {
        const changes = this.#decide(waiting.decide);
        for (const change of changes) freed.push(...applyChange(this.#state, change));
        if (changes.length > 0) entries.push(changes);
        accepted.push(waiting);
      } catch (error) {
        waiting.reject(error);
      }
    }
    try {
      if (entries.length > 0) await this.#write(entries);
    } catch (error) {
      await this.#takeBack(error);
      for (const { reject } of accepted) reject(error);
      return;
    }
    for (const { resolve } of accepted) resolve();
    this.blobs.discard(freed);
  }

  async #write(entries: readonly (readonly Change[])[]): Promise<void> {
    const changes = entries.flat();
    await this.blobs.sync(changes.flatMap(blobsPut));
    // Until its completion nobody relies on a part: a power cut may take it.
    await this.#journal.append(entries, { isSynced: changes.some(({ kind }) => kind !== 'put-part') });
  }

  #decide(decide: Decide): readonly Change[] {
    if (this.#failure === undefined) return decide(this.#state);
    throw new S3Error(
      'InternalError',
      'The store could not write its journal and is read-only until it is started again.',
      {
        cause: this.#failure,
      },
    );
  }

  /** A full disk, mostly: memory goes back to what the journal holds. */
  async #takeBack(cause: unknown): Promise<void> {
    try {
      const state: State = new Map();
      await this.#journal.reread((entry) => replay(state, entry));
      this.#state = state;
    } catch {
      this.#failure = cause;
    }
  }

  async #compact(): Promise<void> {
    const { isDamaged, lines } = this.#journal;
    if (!isDamaged && lines <= this.#deadLinesAllowed + 2 * countChanges(this.#state)) return;
    const steps = changesOfState(this.#state);
    try {
      await this.#journal.rewrite(
        (function* () {
          for (const change of steps) yield [change];
        })(),
      );
      this.#deadLinesAllowed = MIN_DEAD_LINES;
    } catch (error) {
      // The longer journal is as good as the short one: try again much later.
      this.#deadLinesAllowed = lines + MIN_DEAD_LINES;
      process.emitWarning(`the journal could not be shortened: ${String(error)}`);
    }
  }
}
