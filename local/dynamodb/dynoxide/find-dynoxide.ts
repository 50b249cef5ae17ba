import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { DynoxideFinding } from '../choose-engine.ts';

const PACKAGE = '@dynoxide/linux-x64';

/** Finds the native engine and makes sure that it and the shell that guards it run on this machine. */
export const findDynoxide = async (): Promise<DynoxideFinding> => {
  const binary = findBinary();
  if (!binary) return { kind: 'missing', why: `the optional package ${PACKAGE} is not installed` };
  try {
    await promisify(execFile)('sh', ['-c', 'exec "$0" --version', binary], { timeout: 10_000 });
    return { kind: 'found', binary };
  } catch (error) {
    return { kind: 'missing', why: `the binary of ${PACKAGE} does not run here (${String(error).trim()})` };
  }
};

// By its package.json, for the package has no entry. Resolved at run time, so a bundle with external packages finds it, too.
const findBinary = (): string | undefined => {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`)), 'dynoxide');
  } catch {
    return undefined;
  }
};
