import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { arch } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What Lambda starts for a function: the programs' paths. */
export interface LambdaRuntime {
  readonly node: string;
  /** Amazon's runtime interface client. */
  readonly client: string;
}

const SOURCE = join(import.meta.dirname, 'runtime');
const FILES = ['package.json', 'package-lock.json'];
const CACHE = join(import.meta.dirname, '../../.cache/lambda-runtime');
/** It builds curl and the client's native part. */
const INSTALL_MS = 10 * 60_000;

const run = promisify(execFile);

/**
 * Amazon's Lambda runtime interface client on the Node that Lambda has, or why it cannot be had here: built at the first
 * call, which takes a minute, and kept in the project's `.cache`. It wants Linux, cmake, make, a C++ compiler and Python.
 */
export async function findRuntime(): Promise<LambdaRuntime | { readonly missing: string }> {
  try {
    const folder = await install();
    return {
      node: join(folder, `node_modules/node-linux-${arch()}/bin/node`),
      client: join(folder, 'node_modules/aws-lambda-ric/index.mjs'),
    };
  } catch (error) {
    return { missing: `The Lambda runtime cannot be had here: ${String(error).trim().slice(-500)}` };
  }
}

async function install(): Promise<string> {
  const key = createHash('sha256');
  for (const name of FILES) key.update(await readFile(join(SOURCE, name)));
  const folder = join(CACHE, key.digest('hex').slice(0, 12));
  if (!existsSync(folder)) await build(folder);
  return folder;
}

/** Built beside and renamed when whole: a folder with the right name is complete, also when two test files come here at once. */
async function build(folder: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const draft = await mkdtemp(join(CACHE, 'draft-'));
  try {
    for (const name of FILES) await copyFile(join(SOURCE, name), join(draft, name));
    // The headers come with the Node that is installed; node-gyp would fetch those of this process from its site.
    const env = { ...process.env, npm_config_nodedir: join(draft, `node_modules/node-linux-${arch()}`) };
    await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: draft, env, timeout: INSTALL_MS });
    await rename(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
