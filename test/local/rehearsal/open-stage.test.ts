import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openStage } from '../../../local/rehearsal/open-stage.ts';
import type { EmbeddedStores } from '../../../local/stores.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracklet-stage-test-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const SERVER = { url: 'http://127.0.0.1:1', archiveAll: async () => undefined, stop: async () => undefined };

describe('the stage of a rehearsal', () => {
  test('has stores on a disk, which are gone when it stops', async () => {
    const opened: EmbeddedStores[] = [];
    const settle = vi.fn(async () => undefined);
    const stage = await openStage({
      engine: undefined,
      openServer: async (stores) => {
        opened.push(stores);
        return { ...SERVER, settle };
      },
    });
    const [dataDir = ''] = await readdir(folder);
    expect(await readdir(join(folder, dataDir))).toEqual(expect.arrayContaining(['artifacts', 'writes.journal']));
    expect(opened).toHaveLength(1);
    expect(stage.url).toBe(SERVER.url);
    await stage.stop();
    expect(settle).toHaveBeenCalledOnce();
    expect(await readdir(folder)).toEqual([]);
  });

  test('leaves nothing when the server does not open, or does not stop', async () => {
    const fail = () => Promise.reject(new Error('no'));
    await expect(openStage({ engine: undefined, openServer: fail })).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
    const openServer = async () => ({ ...SERVER, stop: fail, settle: async () => undefined });
    const stage = await openStage({ engine: undefined, openServer });
    await expect(stage.stop()).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
  });
});
