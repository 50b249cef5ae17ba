import type { FileHandle } from 'node:fs/promises';

/** Up to here, a write into the page cache takes less time than its trip to another thread. */
export const SMALL_BYTES = 64 * 1024;

/** Writes all bytes at the end of what was written so far (one `write` may take only some); returns how many. */
export const writeFully = async (file: FileHandle, bytes: Uint8Array): Promise<number> => {
  let written = 0;
  while (written < bytes.length) written += (await file.write(bytes, written)).bytesWritten;
  return written;
};
