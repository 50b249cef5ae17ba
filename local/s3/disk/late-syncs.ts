import { BlobFile } from './blob-file.ts';

/** More would hold the threads that write what is coming in. */
const AT_ONCE = 2;

/**
 * Files that were acknowledged before they were durable: parts of an upload, of which nothing counts before its
 * completion. They are synced behind the writer's back, and surely when somebody waits for them.
 */
export class LateSyncs {
  readonly #syncs = new Map<string, () => Promise<void>>();
  readonly #turns: Promise<void>[] = Array.from({ length: AT_ONCE }, () => Promise.resolve());

  /** Begins to sync a file just written, and closes it afterwards. */
  start(id: string, file: BlobFile): void {
    const synced = (this.#turns.shift() ?? Promise.resolve()).then(() => syncAndClose(file));
    // A failure is thrown to whoever waits for the file, if anybody ever does.
    this.#turns.push(synced.catch(() => undefined));
    this.#syncs.set(id, () => synced);
  }

  /** Remembers a file of an earlier process, of which nobody knows whether it was synced. */
  doubt(id: string, path: string): void {
    this.#syncs.set(id, async () => syncAndClose(BlobFile.open(path)));
  }

  /** Forgets a file that goes. */
  forget(id: string): void {
    this.#syncs.delete(id);
  }

  /** Waits until those of the files that are not durable yet are. */
  async wait(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await this.#syncs.get(id)?.();
      this.#syncs.delete(id);
    }
  }

  /** Waits for the syncs under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#turns);
  }
}

async function syncAndClose(file: BlobFile): Promise<void> {
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
