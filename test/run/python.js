import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './output.js';
import { CACHE, ROOT } from './paths.js';
import { runCommand } from './run-command.js';

const OLDEST_MINOR = 11;
const INSTALL_MS = 10 * 60_000;

const environments = new Map();

/**
 * A virtual environment with the pinned packages of a version of MLflow, or of `deploy`, made at the first call and whenever they change.
 * @returns {Promise<{ python: string } | { missing: string }>}
 */
export function pythonWith(purpose) {
  // Parts that run beside each other wait for the same one.
  const known = environments.get(purpose) ?? makeEnvironment(purpose);
  environments.set(purpose, known);
  return known;
}

/** Makes environments one after the other, beside parts that need none. Whoever needs one hears when it cannot be made. */
export async function installAhead(purposes) {
  for (const purpose of purposes) await pythonWith(purpose).catch(() => undefined);
}

async function makeEnvironment(purpose) {
  const found = await findPython();
  if (!found) return { missing: `no Python 3.${OLDEST_MINOR} or newer` };
  const requirements = join(ROOT, `test/clients/requirements-${purpose}.txt`);
  const folder = join(CACHE, `venv-${purpose}`);
  const python = join(folder, 'bin/python');
  const stamp = join(folder, 'requirements.sha256');
  const wanted = createHash('sha256').update(readFileSync(requirements)).update(found).digest('hex');
  if (existsSync(stamp) && existsSync(python) && readFileSync(stamp, 'utf8') === wanted) return { python };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  say(`Installing the packages of requirements-${purpose}.txt into ${folder} (once; a minute or two)`);
  for (const [program, ...args] of [
    [found, '-m', 'venv', folder],
    [python, '-m', 'pip', 'install', '--quiet', '--no-compile', '--disable-pip-version-check', '-r', requirements],
  ]) {
    const ending = await runCommand(program, args, { limitMs: INSTALL_MS });
    if (ending.code !== 0) return { missing: `${program} ${args.join(' ')}: ${ending.trouble ?? lastLine(ending)}` };
  }
  writeFileSync(stamp, wanted);
  return { python };
}

/** The first Python on the path that the requirements support, as the full path of its program. */
async function findPython() {
  const script = `import sys; print(sys.executable if sys.version_info[:2] >= (3, ${OLDEST_MINOR}) else '')`;
  for (const name of ['python3', 'python3.13', 'python3.12', 'python3.11', 'python']) {
    const ending = await runCommand(name, ['-c', script], { limitMs: 20_000, quiet: true });
    const path = ending.output.trim();
    if (ending.code === 0 && path) return path;
  }
  return undefined;
}

const lastLine = ({ output }) => output.trim().split('\n').at(-1);
