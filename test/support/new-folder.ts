import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty folder, removed when the test has finished. Ask for it before the processes that use it, so that they end first. */
export const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'tracklet-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};
