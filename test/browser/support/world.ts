import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
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
  /** Who is signed in; nobody when absent. */
  readonly as?: Credentials;
}

/** A running server and a browser, for all tests of a file. */
export interface World {
  readonly url: () => string;
  /** As the admin of a server with users, or as who is named. */
  readonly api: (as?: Credentials) => Api;
  readonly server: () => TrackletProcess;
  readonly browser: () => Browser;
  /** A page of a new visitor; the test fails if it throws or anything is blocked or missing. */
  readonly visit: (path: string, options?: PageOptions) => Promise<Page>;
}

/** Who may do everything on a server with users. */
export const ADMIN = { username: 'ada', password: 'the password of ada' } as const;

interface WorldOptions {
  /** How many believable runs it is filled with. */
  readonly runs?: number;
  /** Whether its users sign in by password; then `api` calls as the admin. */
  readonly hasUsers?: boolean;
  /** Makes ready what else the server needs, and tells its further options. */
  readonly options?: () => Promise<readonly string[]>;
}

/** The header by which a client signs in. */
const basicOf = ({ username, password }: Credentials): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Starts a server and a browser; the server ends with the file. */
export function openWorld({ runs = 0, hasUsers = false, options }: WorldOptions = {}): World {
  let server: TrackletProcess | undefined;
  let browser: Browser | undefined;
  let url = '';
  const serve = async () => {
    server = startTracklet(
      ['serve', '--port', '0', '--ephemeral', ...(hasUsers ? ['--auth', 'basic'] : []), ...((await options?.()) ?? [])],
      hasUsers ? { env: { TRACKLET_ADMIN_USERNAME: ADMIN.username, TRACKLET_ADMIN_PASSWORD: ADMIN.password } } : {},
    );
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
  const visit = async (path: string, { allowed, as, ...options }: PageOptions = {}): Promise<Page> => {
    const context = await present(browser).newContext({ viewport: WIDE, ...options });
    context.setDefaultTimeout(WAIT_MS);
    const page = await context.newPage();
    const troubles = listenForTroubles(page, allowed);
    onTestFinished(async () => {
      await context.close();
      expect(troubles).toEqual([]);
    });
    if (as) await openSession(context, url, as);
    await page.goto(url + path);
    return page;
  };
  return {
    url: () => url,
    api: (as = ADMIN) => apiOf(url, hasUsers ? basicOf(as) : undefined),
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

async function openSession(context: BrowserContext, url: string, credentials: Credentials): Promise<void> {
  const answer = await context.request.post(`${url}/api/2.0/tracklet/session`, { data: credentials });
  if (!answer.ok()) throw new Error(`Signing in as ${credentials.username}: ${answer.status()}`);
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
