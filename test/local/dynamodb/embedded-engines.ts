import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { findDynoxide } from '../../../local/dynamodb/dynoxide/find-dynoxide.ts';
import type { EngineName } from '../../../local/dynamodb/engine.ts';
import { describeEngine } from './describe-engine.ts';

const dynoxide = await findDynoxide();

/** Why dynoxide does not run on this machine; undefined where it does. */
export const dynoxideMissing = dynoxide.kind === 'missing' ? dynoxide.why : undefined;

/** Describes each engine that the laptop server embeds; a missing one is skipped with the reason. */
export const describeEmbeddedEngines = (body: (engine: EngineName) => void): void => {
  describeEngine('dynalite', undefined, () => body('dynalite'));
  describeEngine('dynoxide', dynoxideMissing, () => body('dynoxide'));
};

/** An empty folder that is removed when the running test ends. */
export const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'tracklet-dynamodb-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};
