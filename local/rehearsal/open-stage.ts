import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineName } from '../dynamodb/engine.ts';
import { type EmbeddedStores, startStores } from '../stores.ts';
import type { Stage } from './rehearsal.ts';

/** A server over given stores, as far as a rehearsal needs it. */
interface StageServer extends Stage {
  /** Resolves when nothing is under way behind the answers. */
  readonly settle: () => Promise<void>;
}

interface StageProps {
  readonly engine: EngineName | undefined;
  readonly openServer: (stores: EmbeddedStores) => Promise<StageServer>;
}

/** Opens a server on a folder that goes when it stops. On a disk, for what keeps all in memory is another code. */
export async function openStage(props: StageProps): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tracklet-rehearsal-'));
  const clear = () => rm(dataDir, { recursive: true, force: true });
  try {
    const { stop, ...stage } = await openOn(dataDir, props);
    return { ...stage, stop: () => atLast(stop, clear) };
  } catch (error) {
    await clear();
    throw error;
  }
}

async function openOn(dataDir: string, { engine, openServer }: StageProps): Promise<Stage> {
  const stores = await startStores({ dataDir, engine, log: () => undefined });
  try {
    const { url, archiveAll, stop, settle } = await openServer(stores);
    const stopServer = async () => {
      await stop();
      await settle();
    };
    return { url, archiveAll, stop: () => atLast(stopServer, stores.stop) };
  } catch (error) {
    await stores.stop();
    throw error;
  }
}

/** Does the one, and the other whatever comes of that. */
async function atLast(one: () => Promise<void>, other: () => Promise<void>): Promise<void> {
  try {
    await one();
  } finally {
    await other();
  }
}
