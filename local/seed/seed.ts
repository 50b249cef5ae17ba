import { errorText } from '../../functions/platform/describe-error.ts';
import { openBackend } from '../backend.ts';
import { lockDataDir } from '../lock.ts';
import { type EmbeddedStores, startStores } from '../stores.ts';
import { createCallWriter } from './call-writer.ts';
import { createCalls } from './calls.ts';
import { openConnections } from './http-send.ts';
import { progressLine, summaryLine, type Written } from './progress.ts';
import type { RunWriter } from './run-writer.ts';
import type { SeedOptions } from './seed-options.ts';
import { createStoreWriter } from './store-writer.ts';
import { writeWorld } from './write-world.ts';

const PROGRESS_SECONDS = 2;

/** Makes believable runs until all are there or Ctrl-C asks for an end; says on stderr how it goes. */
export async function seed(options: SeedOptions): Promise<void> {
  const { target } = options;
  if (target.kind === 'data-dir') return seedDataDir(target.dataDir, options);
  const { send, close } = openConnections(target.url, options.concurrency);
  return seedThrough(createCallWriter(createCalls(send)), options).finally(close);
}

async function seedDataDir(dataDir: string, options: SeedOptions): Promise<void> {
  const lock = await lockDataDir(dataDir);
  try {
    const stores = await startStores({ dataDir, engine: undefined, log });
    await seedStores(stores, options).finally(stores.stop);
  } finally {
    await lock.release();
  }
}

/** Runs are archived as they come, and at the end all of them: whoever opens the folder searches in segments at once. */
async function seedStores(stores: EmbeddedStores, options: SeedOptions): Promise<void> {
  const { services, startUpkeep, archiveAll, settle } = openBackend(stores, (message, cause) =>
    console.error(message, errorText(cause)),
  );
  const loop = startUpkeep();
  await seedThrough(createStoreWriter(services), options).finally(loop.stop);
  await archiveAll();
  await settle();
}

async function seedThrough(writer: RunWriter, { world, experiment, concurrency }: SeedOptions): Promise<void> {
  const seconds = stopwatch();
  const report = throttled((written: Written) => log(progressLine(written, world.runs, seconds())), seconds);
  const { signal, release } = listenForStop();
  const writing = writeWorld({ writer, world, experiment, concurrency, signal, onWritten: report });
  const written = await writing.finally(release);
  console.log(summaryLine(written, seconds()));
}

function stopwatch(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
}

/** Lets a report through every few seconds. */
function throttled<T>(report: (value: T) => void, seconds: () => number): (value: T) => void {
  let next = PROGRESS_SECONDS;
  return (value) => {
    if (seconds() < next) return;
    next = seconds() + PROGRESS_SECONDS;
    report(value);
  };
}

const log = (line: string): void => console.error(line);

const STOP_SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** The first signal asks for an end; a second one ends the process at once. */
function listenForStop(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    release();
    controller.abort();
  };
  const release = (): void => {
    for (const name of STOP_SIGNALS) process.off(name, stop);
  };
  for (const name of STOP_SIGNALS) process.on(name, stop);
  return { signal: controller.signal, release };
}
