import { fdatasync, fdatasyncSync } from 'node:fs';
import { promisify } from 'node:util';

/** A sync that takes longer keeps those waiting who could be answered meanwhile; a shorter one is over before a thread has begun it. */
const SHORT_MS = 0.5;
/** How much the newest sync counts in the average. */
const WEIGHT = 1 / 8;

interface DataSyncProps {
  readonly here: (fd: number) => void;
  /** Does the same on another thread. */
  readonly elsewhere: (fd: number) => Promise<void>;
  readonly nowMs: () => number;
}

const SYSTEM: DataSyncProps = {
  here: fdatasyncSync,
  // A fifth less time than a file handle's own.
  elsewhere: promisify(fdatasync),
  nowMs: () => performance.now(),
};

/** Makes what was written durable. A disk that is known to be fast is waited for on this thread, any other on one of libuv's. */
export class DataSync {
  readonly #props: DataSyncProps;
  #averageMs: number | undefined;

  constructor(props: DataSyncProps = SYSTEM) {
    this.#props = props;
  }

  /** Resolves when all bytes of the file that were written before are durable. */
  async sync(fd: number): Promise<void> {
    const { here, elsewhere, nowMs } = this.#props;
    const startMs = nowMs();
    if (this.#isShort()) here(fd);
    else await elsewhere(fd);
    this.#count(nowMs() - startMs);
  }

  #isShort(): boolean {
    return this.#averageMs !== undefined && this.#averageMs < SHORT_MS;
  }

  #count(tookMs: number): void {
    const averageMs = this.#averageMs ?? tookMs;
    this.#averageMs = averageMs + (tookMs - averageMs) * WEIGHT;
  }
}
