import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from '../test/run/find-chromium.js';
import { dashboardReport, type Figures } from './dashboard-report.ts';

/*
 * The dashboard beside MLflow's own page, on the same data in one browser: `node build.js && npx tsx bench/dashboard.ts`.
 * `--runs 100000 --charted 50 --points 100000 --rounds 5` is the full size; `--mlflow PATH` names the stock `mlflow`,
 * without it ours is measured alone. `--folder DIR` keeps what both were filled with, for another run of the same sizes. Each
 * round opens both, in turn, with nothing in the browser's cache. The figures are medians over the rounds;
 * `--out FILE` writes them there.
 */
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    charted: { type: 'string', default: '10' },
    points: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '1' },
    folder: { type: 'string' },
    out: { type: 'string' },
    mlflow: { type: 'string', default: join(import.meta.dirname, '../.cache/bench/mlflow/bin/mlflow') },
  },
});
const runs = Number(options.runs);
const charted = Number(options.charted);
const points = Number(options.points);
const rounds = Number(options.rounds);
const VIEWPORT = { width: 1440, height: 900 };
const START_MS = 120_000;
const PAGE_MS = 120_000;
const SCROLL_STEPS = 150;
const SCROLL_PIXELS = 2000;
const LONG_MS = 600_000;
/** A server of several workers is up when it answers again and again. */
const TIMES_UP = 10;
const REST_MS = 1_500;
const MOST_REST_MS = 20_000;

/** A dashboard to be measured: its addresses, and what is there when it has drawn. */
interface Dashboard {
  readonly name: string;
  readonly url: string;
  readonly experiments: string;
  readonly runs: (experimentId: string) => string;
  readonly charts: (experimentId: string) => string;
  /** What is there when the charts are drawn. */
  readonly drawn: (page: Page) => Promise<unknown>;
  readonly many: string;
  readonly few: string;
}

const run = promisify(execFile);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  return address.port;
}

async function start(command: string, args: readonly string[], url: string): Promise<ChildProcess> {
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  const end = Date.now() + START_MS;
  for (let timesUp = 0; timesUp < TIMES_UP; ) {
    const isUp = await fetch(`${url}/health`, { headers: { connection: 'close' } }).then(
      ({ ok }) => ok,
      () => false,
    );
    timesUp = isUp ? timesUp + 1 : 0;
    if (child.exitCode !== null || Date.now() > end) throw new Error(`${command} did not start`);
    await pause(500);
  }
  return child;
}

/** Fills a server, unless it was filled before; gives the ids of the experiment of many runs and of that of few. */
async function fill(url: string, kept: string, database: readonly string[]): Promise<readonly string[]> {
  if (existsSync(kept)) return (await readFile(kept, 'utf8')).split(' ');
  const script = join(import.meta.dirname, 'fill_dashboard.py');
  const args = [script, url, String(runs), String(charted), String(points), ...database];
  const { stdout } = await run('python3', args, { timeout: LONG_MS * 10 });
  await writeFile(kept, stdout.trim());
  return stdout.trim().split(' ');
}

async function openOurs(started: ChildProcess[], folder: string): Promise<Dashboard> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const command = join(import.meta.dirname, '../bin/tracklet.js');
  const data = join(folder, 'tracklet');
  started.push(await start(process.execPath, [command, 'serve', '--port', new URL(url).port, '--data-dir', data], url));
  const [many = '', few = ''] = await fill(url, join(folder, 'tracklet-experiments'), []);
  return {
    name: 'tracklet',
    url,
    experiments: '/experiments',
    runs: (id) => `/experiments/${id}`,
    charts: (id) => `/experiments/${id}?show=charts&find=curve`,
    // The chart says in words, for who cannot see it, how many lines it has.
    drawn: (page) => page.getByText(`curve by step, ${charted} lines.`).waitFor({ state: 'attached' }),
    many,
    few,
  };
}

async function openStock(started: ChildProcess[], folder: string): Promise<Dashboard> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const store = `sqlite:///${join(folder, 'mlflow.db')}`;
  const place = ['--host', '127.0.0.1', '--port', new URL(url).port];
  started.push(await start(options.mlflow, ['server', '--backend-store-uri', store, ...place], url));
  const [many = '', few = ''] = await fill(url, join(folder, 'mlflow-experiments'), [`mlflow:${store}`]);
  return {
    name: 'mlflow',
    url,
    experiments: '/#/experiments',
    runs: (id) => `/#/experiments/${id}/runs`,
    charts: (id) => `/#/experiments/${id}/runs?compareRunsMode=CHART`,
    drawn: (page) => page.locator('.js-plotly-plot .scatterlayer .trace').first().waitFor(),
    many,
    few,
  };
}

/** A visitor who has never been there, and the bytes that come in. */
async function visit(browser: Browser) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  context.setDefaultTimeout(PAGE_MS);
  const page = await context.newPage();
  // What the visit before left behind is cleared away meanwhile.
  await pause(REST_MS);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  const heapBytes = async (): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };
  /** Waits until nothing has come in for a while; pages that ask again and again are left at the end. */
  const rest = async (): Promise<void> => {
    const end = Date.now() + MOST_REST_MS;
    for (let before = -1; before !== bytes && Date.now() < end; ) {
      before = bytes;
      await pause(REST_MS);
    }
  };
  return { page, bytes: () => bytes, heapBytes, rest, close: () => context.close() };
}

const newestRun = `run-${String(runs - 1).padStart(7, '0')}`;
const firstRows = (page: Page) => page.getByText(newestRun, { exact: true }).first().waitFor();

async function measureTable(browser: Browser, { url, runs: pathOf, many }: Dashboard): Promise<Figures> {
  const { page, bytes, rest, close } = await visit(browser);
  const begin = performance.now();
  await page.goto(url + pathOf(many));
  await firstRows(page);
  const firstRowsMs = performance.now() - begin;
  const firstLoadBytes = bytes();
  await rest();
  const longestFrameMs = await longestFrame(page);
  await close();
  return { firstRowsMs, firstLoadBytes, longestFrameMs };
}

/** As a text: what tsx makes of a function does not run in a page. */
const WATCH_FRAMES = `
  window.watchedFrames = { last: undefined, longest: 0 };
  const next = (time) => {
    const { last, longest } = window.watchedFrames;
    window.watchedFrames = { last: time, longest: last === undefined ? 0 : Math.max(longest, time - last) };
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
`;

/** Rolls the wheel over the table, and gives the longest time between two frames meanwhile. */
async function longestFrame(page: Page): Promise<number> {
  await page.mouse.move(VIEWPORT.width / 2, VIEWPORT.height / 2);
  await page.evaluate(WATCH_FRAMES);
  for (let step = 0; step < SCROLL_STEPS; step += 1) await page.mouse.wheel(0, SCROLL_PIXELS);
  return Number(await page.evaluate('window.watchedFrames.longest'));
}

async function measureCharts(browser: Browser, { url, charts, few, drawn }: Dashboard): Promise<Figures> {
  const { page, rest, close } = await visit(browser);
  // What all pages share is there already, as for whoever comes from the table.
  await page.goto(url);
  await rest();
  const begin = performance.now();
  await page.goto(url + charts(few));
  await drawn(page);
  const chartsMs = performance.now() - begin;
  await close();
  return { chartsMs };
}

async function measureMemory(browser: Browser, dashboard: Dashboard): Promise<Figures> {
  const { page, heapBytes, rest, close } = await visit(browser);
  const { url, experiments, runs: pathOf, charts, many, few } = dashboard;
  for (const path of [experiments, pathOf(many), charts(few), pathOf(few), experiments]) {
    await page.goto(url + path);
    await rest();
  }
  const heap = await heapBytes();
  await close();
  return { heapBytes: heap };
}

async function measure(browser: Browser, dashboards: readonly Dashboard[]): Promise<void> {
  const measured = new Map<string, Figures[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const dashboard of dashboards) {
      for (const part of [measureTable, measureCharts, measureMemory]) {
        try {
          const figures = await part(browser, dashboard);
          measured.set(dashboard.name, [...(measured.get(dashboard.name) ?? []), figures]);
        } catch (error) {
          console.log(`${dashboard.name}, ${part.name}: ${String(error).split('\n')[0]}`);
        }
      }
    }
  }
  const text = dashboardReport({ measured, runs, charted, points, rounds });
  if (options.out === undefined) console.log(text);
  else await writeFile(options.out, text);
}

const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'dashboard-')));
await mkdir(folder, { recursive: true });
const started: ChildProcess[] = [];
try {
  const hasStock = await run(options.mlflow, ['--version']).then(
    () => true,
    () => false,
  );
  if (!hasStock) console.log(`${options.mlflow} does not run: ours is measured alone`);
  const dashboards = [await openOurs(started, folder), ...(hasStock ? [await openStock(started, folder)] : [])];
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  await measure(browser, dashboards);
  await browser.close();
} finally {
  // Each leads a group of its own: the stock server has workers.
  for (const { pid } of started) if (pid !== undefined) process.kill(-pid, 'SIGTERM');
  if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
}
