import type { FileHandle } from 'node:fs/promises';

/** Writes all bytes at the end of what was written so far (one `write` may take only some); returns how many. */
export const writeFully = async (file: FileHandle, bytes: Uint8Array): Promise<number> => {
  let written = 0;
  while (written < bytes.length) written += (await file.write(bytes, written)).bytesWritten;
  return written;
};
