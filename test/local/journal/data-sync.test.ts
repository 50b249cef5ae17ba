import { describe, expect, it } from 'vitest';
import { DataSync } from '../../../local/journal/data-sync.ts';

/** A disk that takes so long for each sync, and which thread waited for it. */
function openDisk(...tookMs: readonly number[]) {
  const seen: string[] = [];
  let clock = 0;
  const take = (where: string) => {
    clock += tookMs[seen.length] ?? 0;
    seen.push(where);
  };
  const dataSync = new DataSync({
    here: () => take('here'),
    elsewhere: async () => take('elsewhere'),
    nowMs: () => clock,
  });
  const syncAll = async () => {
    for (const _ of tookMs) await dataSync.sync(1);
    return seen;
  };
  return { syncAll };
}

describe('a sync', () => {
  it('is left to another thread as long as nobody knows the disk, and on a slow one', async () => {
    expect(await openDisk(5, 5, 5).syncAll()).toEqual(['elsewhere', 'elsewhere', 'elsewhere']);
  });

  it('of a fast disk is waited for', async () => {
    expect(await openDisk(0.2, 0.2, 0.2).syncAll()).toEqual(['elsewhere', 'here', 'here']);
  });

  it('is left to another thread again after a hiccup, until the disk has been fast for a while', async () => {
    const waits = await openDisk(0.2, 0.2, 10, ...Array.from({ length: 40 }, () => 0.2)).syncAll();
    expect(waits.slice(0, 4)).toEqual(['elsewhere', 'here', 'here', 'elsewhere']);
    expect(waits.at(-1)).toBe('here');
  });

  it('that fails says so', async () => {
    const fail = () => {
      throw new Error('EIO');
    };
    const dataSync = new DataSync({ here: fail, elsewhere: async () => fail(), nowMs: () => 0 });
    await expect(dataSync.sync(1)).rejects.toThrow('EIO');
  });
});
