import { delimiter, dirname, join } from 'node:path';
import { countClosingLine, countDifferential, countJunit, countOne, countVitest } from './counts.js';
import { findChromium } from './find-chromium.js';
import { CACHE, installed, ROOT } from './paths.js';
import { pythonWith } from './python.js';
import { runCommand } from './run-command.js';

const MINUTE_MS = 60_000;
const REPORTS = join(CACHE, 'test-reports');
/** Tests that start servers of their own and keep both cores busy: after the others, one file at a time. */
const HEAVY_TESTS = ['test/faults/', 'test/lambda/', 'test/local/serve'];
/** Tests that drive a browser: they need one, and a built dashboard. */
const BROWSER_TESTS = 'test/browser/';
const WITH_SERVER = [process.execPath, join(ROOT, 'test/run/with-server.js')];
const PYTHON_TESTS = join(ROOT, 'test/clients/python');

/**
 * A part of the tests.
 * @typedef {object} Part
 * @property {string} name
 * @property {() => Promise<import('./counts.js').Counts & { note?: string } | { missing: string }>} run
 */

/**
 * All parts, the cheapest first: stages come one after the other; the lanes of a stage run beside each other, for their
 * parts mostly wait for one process and leave a core idle.
 * @type {readonly (readonly (readonly Part[])[])[]}
 */
export const stages = [
  [
    [
      check('build', process.execPath, [join(ROOT, 'build.js')]),
      check('lint', installed('biome'), ['check', '--error-on-warnings']),
      check('types of the dashboard', installed('tsc'), ['--noEmit', '-p', 'web']),
      check('dead code', installed('knip'), ['--no-progress']),
    ],
    [check('types', installed('tsc'), ['--noEmit'])],
  ],
  [
    [
      vitest(
        'unit',
        12,
        [...HEAVY_TESTS, BROWSER_TESTS].flatMap((start) => ['--exclude', `${start}**`]),
      ),
      check('coverage', installed('vitest'), [
        'run',
        'test/domain/',
        'test/search/',
        '--coverage',
        '--coverage.reporter=text-summary',
      ]),
    ],
  ],
  [
    [
      { name: 'browser', run: runBrowser },
      { name: 'differential', run: runDifferential },
      { name: 'java', run: runJava },
      { name: 'deploy', run: runDeploy },
    ],
    [
      pytest('python, mlflow 3.17', '3.17', 10, ['core', 'current']),
      pytest('python, mlflow 2.22', '2.22', 8, ['core', 'legacy']),
      pytest('python, users of 3.17', '3.17', 4, ['auth/current'], ['--guarded']),
      pytest('python, users of 3.6', '3.6', 4, ['auth/legacy'], ['--guarded']),
      pytest('python, users of 2.22', '2.22', 4, ['auth/legacy'], ['--guarded']),
      // Some of these want the stock client, too; or the Lambda runtime, which is built once.
      vitest('faults', 10, ['--no-file-parallelism', ...HEAVY_TESTS]),
    ],
  ],
];

function check(name, command, args) {
  return { name, run: async () => described(await runCommand(command, args, { limitMs: 3 * MINUTE_MS }), countOne) };
}

function vitest(name, limitMinutes, args) {
  const run = async () => {
    const file = join(REPORTS, `${name}.json`);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const limitMs = limitMinutes * MINUTE_MS;
    const ending = await runCommand(installed('vitest'), ['run', ...reporters, ...args], { limitMs });
    return described(ending, (it) => countVitest(file, it));
  };
  return { name, run };
}

function pytest(name, mlflowVersion, limitMinutes, folders, serverArgs = []) {
  const run = async () => {
    const found = await pythonWith(mlflowVersion);
    if (!found.python) return found;
    const file = join(REPORTS, `${name.replaceAll(/\W+/g, '-')}.xml`);
    const tests = folders.map((folder) => join(PYTHON_TESTS, folder));
    const command = [
      ...WITH_SERVER,
      ...serverArgs,
      found.python,
      '-m',
      'pytest',
      '-c',
      join(PYTHON_TESTS, 'pytest.ini'),
    ];
    const [program, ...args] = [...command, `--junitxml=${file}`, ...tests];
    const ending = await runCommand(program, args, { limitMs: limitMinutes * MINUTE_MS });
    return described(ending, (it) => countJunit(file, it));
  };
  return { name, run };
}

async function runBrowser() {
  const chromium = findChromium();
  if (chromium === undefined) return { missing: 'no chromium on the PATH' };
  return vitest('browser', 14, [BROWSER_TESTS]).run();
}

/** The Java client hands files to the `mlflow` command of a Python, so both are needed. */
async function runJava() {
  for (const tool of ['java', 'mvn']) {
    const ending = await runCommand(tool, ['-version'], { limitMs: MINUTE_MS, quiet: true });
    if (ending.code !== 0) return { missing: `no ${tool}` };
  }
  const python = await pythonWith('3.17');
  if (!python.python) return python;
  const pom = join(ROOT, 'test/clients/java/pom.xml');
  const [program, ...args] = [
    ...WITH_SERVER,
    'mvn',
    '-B',
    '-q',
    '-Dstyle.color=never',
    '-f',
    pom,
    'compile',
    'exec:java',
  ];
  const env = { PATH: [dirname(python.python), process.env.PATH].join(delimiter) };
  return described(await runCommand(program, args, { limitMs: 6 * MINUTE_MS, env }), countClosingLine);
}

async function runDifferential() {
  const found = await pythonWith('3.17');
  if (!found.python) return found;
  const candidate = 'node bin/tracklet.js serve --port {port} --ephemeral';
  const args = [join(ROOT, 'test/differential/run.py'), '--candidate-command', candidate];
  const ending = await runCommand(found.python, args, { limitMs: 10 * MINUTE_MS });
  return described(ending, countDifferential);
}

/** An emulated AWS runs in a Python of its own, the stock client in another. */
async function runDeploy() {
  const emulator = await pythonWith('deploy');
  if (!emulator.python) return emulator;
  const mlflow = await pythonWith('3.17');
  if (!mlflow.python) return mlflow;
  const args = [join(ROOT, 'test/deploy/check.py'), mlflow.python];
  return described(await runCommand(emulator.python, args, { limitMs: 8 * MINUTE_MS }), countClosingLine);
}

const described = (ending, count) => ({ ...count(ending), note: ending.trouble });
