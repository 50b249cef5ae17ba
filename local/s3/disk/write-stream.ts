/** Writes buffers where the last ones ended; it may take only some of the bytes. */
export type Writev = (buffers: readonly Uint8Array[]) => Promise<{ readonly bytesWritten: number }>;

/** Enough to make a write worth its trip to another thread; twice this is held in memory. */
const BATCH_BYTES = 1024 * 1024;

const sizeOf = (buffers: readonly Uint8Array[]): number => buffers.reduce((sum, { length }) => sum + length, 0);

/** Writes the buffers one behind the other; one `writev` may take only some of the bytes. */
const writeAll = async (writev: Writev, buffers: readonly Uint8Array[]): Promise<void> => {
  let left = buffers;
  while (left.length > 0) {
    const { bytesWritten } = await writev(left);
    left = behind(left, bytesWritten);
  }
};

const behind = (buffers: readonly Uint8Array[], sizeBytes: number): readonly Uint8Array[] => {
  let skipped = sizeBytes;
  return buffers.flatMap((buffer) => {
    const skip = Math.min(skipped, buffer.length);
    skipped -= skip;
    return skip === buffer.length ? [] : [buffer.subarray(skip)];
  });
};

/** Writes a stream, the next bytes coming in while the last ones go out; returns how many there were. */
export const writeStream = async (writev: Writev, chunks: AsyncIterable<Uint8Array>): Promise<number> => {
  let sizeBytes = 0;
  let batch: Uint8Array[] = [];
  let writing = Promise.resolve();
  const flush = async (): Promise<void> => {
    const full = batch;
    batch = [];
    await writing;
    writing = writeAll(writev, full);
    // Its failure is thrown where it is waited for, which may be later.
    writing.catch(() => undefined);
  };
  try {
    for await (const chunk of chunks) {
      sizeBytes += chunk.length;
      batch.push(chunk);
      if (sizeOf(batch) >= BATCH_BYTES) await flush();
    }
    await flush();
  } finally {
    await writing;
  }
  return sizeBytes;
};
