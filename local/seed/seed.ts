import { lockDataDir } from '../lock.ts';
import { startStores } from '../stores.ts';
import { createCalls, type Send } from './calls.ts';
import { openConnections } from './http-send.ts';
import { sendInProcess } from './in-process-send.ts';
import { progressLine, summaryLine } from './progress.ts';
import type { SeedOptions } from './seed-options.ts';
import { writeWorld } from './write-world.ts';

const PROGRESS_MS = 2_000;

/** Makes believable runs until all are there or Ctrl-C asks for an end; says on stderr how it goes. */
export async function seed(options: SeedOptions): Promise<void> {
  const { target } = options;
  if (target.kind === 'data-dir') return seedDataDir(target.dataDir, options);
  const { send, close } = openConnections(target.url, options.concurrency);
  return seedThrough(send, options).finally(close);
}

async function seedDataDir(dataDir: string, options: SeedOptions): Promise<void> {
  const lock = await lockDataDir(dataDir);
  try {
    const stores = await startStores({ dataDir, engine: undefined, log });
    await seedThrough(sendInProcess(stores), options).finally(stores.stop);
  } finally {
    await lock.release();
  }
}

async function seedThrough(send: Send, { world, experiment, concurrency }: SeedOptions): Promise<void> {
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  let nextReport = PROGRESS_MS;
  const written = await writeWorld({
    calls: createCalls(send),
    world,
    experiment,
    concurrency,
    signal: untilSignal(),
    onWritten: (soFar) => {
      if (performance.now() - start < nextReport) return;
      nextReport += PROGRESS_MS;
      log(progressLine(soFar, world.runs, seconds()));
    },
  });
  console.log(summaryLine(written, seconds()));
}

const log = (line: string): void => console.error(line);

/** A second signal ends the process at once. */
function untilSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}
