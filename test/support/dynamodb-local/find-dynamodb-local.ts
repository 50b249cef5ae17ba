import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startLoopbackServer } from './start-loopback-server.ts';

/** A running DynamoDB Local, in memory and empty at its start. */
export interface DynamoDbLocal {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** DynamoDB Local ready to start, or why it cannot be had here. */
export type DynamoDbLocalFinding = { start(): Promise<DynamoDbLocal> } | { readonly missing: string };

const HERE = import.meta.dirname;
const CACHE = join(HERE, '../../../.cache/dynamodb-local');
const POM = join(HERE, 'pom.xml');
const SOURCE = join(HERE, 'LoopbackServer.java');
const FETCH_MS = 10 * 60_000;

const run = promisify(execFile);

/**
 * Amazon's DynamoDB Local, what the tests take for the truth: fetched with Maven at the first call, kept in the project's `.cache`.
 * For tests only; its licence allows neither shipping it nor building on it.
 */
export const findDynamoDbLocal = async (): Promise<DynamoDbLocalFinding> => {
  try {
    await run('java', ['-version']);
    const folder = await install();
    return { start: () => startLoopbackServer(folder) };
  } catch (error) {
    return { missing: `DynamoDB Local cannot be had here: ${String(error).trim().slice(0, 500)}` };
  }
};

const install = async (): Promise<string> => {
  const key = createHash('sha256')
    .update(await readFile(POM))
    .update(await readFile(SOURCE));
  const folder = join(CACHE, key.digest('hex').slice(0, 12));
  if (!existsSync(folder)) await build(folder);
  return folder;
};

// Built beside and renamed when whole: a folder with the right name is complete, also when two test files come here at once.
const build = async (folder: string): Promise<void> => {
  await mkdir(CACHE, { recursive: true });
  const draft = await mkdtemp(join(CACHE, 'draft-'));
  try {
    const copy = ['dependency:copy-dependencies', `-DoutputDirectory=${draft}`, '-DincludeScope=runtime'];
    await run('mvn', ['-B', '-q', '-f', POM, ...copy], { timeout: FETCH_MS });
    await run('javac', ['-cp', join(draft, '*'), '-d', draft, SOURCE]);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
};
