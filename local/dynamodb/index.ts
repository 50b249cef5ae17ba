import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseEngine, type EngineChoice } from './choose-engine.ts';
import { findDynoxide } from './dynoxide/find-dynoxide.ts';
import { startDynoxide } from './dynoxide/start-dynoxide.ts';
import type { EngineName, EngineOptions, RunningEngine } from './engine.ts';

/** How to start the embedded DynamoDB: `dataDir` absent = in memory, `engine` absent = chosen by what is there. */
export interface DynamoDbOptions {
  readonly dataDir?: string | undefined;
  readonly engine?: EngineName | undefined;
  readonly log: (line: string) => void;
}

/** The embedded DynamoDB, answering at `endpoint` on 127.0.0.1 until `stop` or its own death. */
export interface DynamoDb extends RunningEngine {
  readonly engine: EngineName;
}

/** Starts the embedded DynamoDB and resolves once it answers; rejects when the needed engine cannot run here. */
export const startDynamoDb = async ({ dataDir, engine, log }: DynamoDbOptions): Promise<DynamoDb> => {
  const choice = chooseEngine({ wanted: engine, stored: findStored(dataDir), dynoxide: await findDynoxide() });
  log(`DynamoDB is ${choice.engine}, because ${choice.why}`);
  if (dataDir) await mkdir(dataDir, { recursive: true });
  const running = await start(choice, { path: pathOf(dataDir, choice.engine), log });
  return { engine: choice.engine, ...running };
};

const start = async (choice: EngineChoice, options: EngineOptions): Promise<RunningEngine> => {
  if (choice.engine === 'dynoxide') return startDynoxide(choice.binary, options);
  // Loaded only now: with the native engine nobody pays for LevelDB.
  const { startDynalite } = await import('./dynalite/start-dynalite.ts');
  return startDynalite(options);
};

const FILE_OF = { dynoxide: 'dynoxide.db', dynalite: 'dynalite' } as const;

const pathOf = (dataDir: string | undefined, engine: EngineName): string | undefined =>
  dataDir && join(dataDir, FILE_OF[engine]);

const findStored = (dataDir: string | undefined): EngineName | undefined => {
  const holds = (engine: EngineName): boolean => existsSync(pathOf(dataDir, engine) ?? '');
  if (holds('dynoxide')) return 'dynoxide';
  return holds('dynalite') ? 'dynalite' : undefined;
};
