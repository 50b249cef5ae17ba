import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';

type Owner = { readonly pid: number; readonly bootedMs: number };

// Two readings of the boot time differ by clock adjustments only.
const SAME_BOOT_MS = 60_000;

const heldHere = new Set<string>();

const parseOwner = (text: string): Owner | undefined => {
  const [pid, bootedMs] = text.split(' ').map(Number);
  return Number.isInteger(pid) && pid !== undefined && bootedMs !== undefined ? { pid, bootedMs } : undefined;
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** A killed owner leaves its file: it counts only if its process lives and the machine was not restarted since (ids start anew). */
const isAlive = (owner: Owner, path: string, bootedMs: number): boolean => {
  if (owner.pid === process.pid) return heldHere.has(path);
  return Math.abs(owner.bootedMs - bootedMs) < SAME_BOOT_MS && isRunning(owner.pid);
};

const tryCreate = async (path: string, text: string): Promise<boolean> => {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, text);
  try {
    // Linked, not written in place: nobody ever reads a lock that has no owner yet.
    await link(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
};

/** Makes this process the only one that writes the folder, or throws; returns the release. Two writers would ruin the journal. */
export const lockFolder = async (rootDir: string, nowMs: number): Promise<() => Promise<void>> => {
  const path = join(rootDir, 'lock');
  const bootedMs = nowMs - uptime() * 1000;
  const text = `${process.pid} ${Math.round(bootedMs)}\n`;
  if (!(await tryCreate(path, text))) {
    const owner = parseOwner(await readFile(path, 'utf8').catch(() => ''));
    if (owner !== undefined && isAlive(owner, path, bootedMs)) {
      throw new Error(
        `${rootDir} is in use by process ${owner.pid}; stop it first (if it is no Tracklet, remove ${path})`,
      );
    }
    await rm(path, { force: true });
    if (!(await tryCreate(path, text))) throw new Error(`${rootDir} was taken by another process just now`);
  }
  heldHere.add(path);
  return async () => {
    heldHere.delete(path);
    await rm(path, { force: true });
  };
};
