import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { findChromium } from '../../run/find-chromium.js';
import { startTracklet, type TrackletProcess } from '../../support/spawn-tracklet.ts';
import { type Api, apiOf } from './api.ts';

export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 390, height: 844 };

const START_MS = 120_000;
const WAIT_MS = 15_000;
const OUTPUT = join(import.meta.dirname, '../../output/browser');
/** Chromium's own sandbox needs rights that a container does not give, and its shared memory may be small. */
const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage'];

interface PageOptions extends BrowserContextOptions {
  /** Troubles that the test brings about itself: what the console may say. */
  readonly allowed?: RegExp;
}

/** A running server and a browser, for all tests of a file. */
export interface World {
  readonly url: () => string;
  readonly api: () => Api;
  readonly server: () => TrackletProcess;
  readonly browser: () => Browser;
  /** A page of a new visitor; the test fails if it throws or anything is blocked or missing. */
  readonly visit: (path: string, options?: PageOptions) => Promise<Page>;
}

/** Starts a server, filled with believable runs where `runs` says how many, and a browser; the server ends with the file. */
export function openWorld({ runs = 0 }: { readonly runs?: number } = {}): World {
  let server: TrackletProcess | undefined;
  let browser: Browser | undefined;
  let url = '';
  const serve = async () => {
    server = startTracklet(['serve', '--port', '0', '--ephemeral']);
    url = await server.ready();
    if (runs > 0) await seed(url, runs);
  };
  beforeAll(async () => {
    const [found] = await Promise.all([sharedBrowser(), serve(), mkdir(OUTPUT, { recursive: true })]);
    browser = found;
  }, START_MS);
  afterAll(async () => {
    await server?.end('SIGKILL');
  });
  const visit = async (path: string, { allowed, ...options }: PageOptions = {}): Promise<Page> => {
    const context = await present(browser).newContext({ viewport: WIDE, ...options });
    context.setDefaultTimeout(WAIT_MS);
    const page = await context.newPage();
    const troubles = listenForTroubles(page, allowed);
    onTestFinished(async () => {
      await context.close();
      expect(troubles).toEqual([]);
    });
    await page.goto(url + path);
    return page;
  };
  return {
    url: () => url,
    api: () => apiOf(url),
    server: () => present(server),
    browser: () => present(browser),
    visit,
  };
}

let launched: Promise<Browser> | undefined;

/** The browser of all files of a process; each page has a context of its own. Playwright ends it with the process. */
function sharedBrowser(): Promise<Browser> {
  launched ??= launch();
  return launched;
}

async function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('These tests need Chromium on the PATH, or in TRACKLET_CHROMIUM.');
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  // Whoever comes after a crash has a new one.
  browser.once('disconnected', () => {
    launched = undefined;
  });
  return browser;
}

/** Where a picture for a person to look at is kept. */
export const picturePath = (name: string): string => join(OUTPUT, `${name}.png`);

async function seed(url: string, runs: number): Promise<void> {
  const seeding = startTracklet(['seed', '--url', url, '--runs', String(runs), '--points', '20', '--until', today()]);
  const { code } = await seeding.ended;
  if (code !== 0) throw new Error(`seed ended with ${code}:\n${seeding.stderr()}`);
}

const today = (): string => new Date().toISOString().slice(0, 10);

function listenForTroubles(page: Page, allowed: RegExp | undefined): readonly string[] {
  const troubles: string[] = [];
  const add = (text: string) => {
    if (!allowed?.test(text)) troubles.push(text);
  };
  page.on('pageerror', (error) => add(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') add(message.text());
  });
  return troubles;
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The world begins with the first test.');
  return value;
}
