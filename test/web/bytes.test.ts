import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWeb } from '../../web/build/build-web.js';
import { PAGES } from '../../web/routes/page-paths.ts';

const FIRST_LOAD_BYTES = 200_000;

interface Output {
  readonly name: string;
  readonly entryPoint?: string;
  readonly imports: readonly string[];
}

let folder = '';
let outputs: readonly Output[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracklet-test-'));
  await buildWeb(folder);
  outputs = JSON.parse(await readFile(join(folder, 'outputs.json'), 'utf8'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The scripts that a source loads at once, by whatever chain of imports. */
function scriptsOf(entryPoint: string): ReadonlySet<string> {
  const entry = outputs.find((output) => output.entryPoint === entryPoint);
  if (entry === undefined) throw new Error(`${entryPoint} is no entry of the build`);
  const names = new Set([entry.name]);
  for (const name of names)
    for (const next of outputs.find((output) => output.name === name)?.imports ?? []) names.add(next);
  return names;
}

const gzipBytes = async (names: Iterable<string>): Promise<number> => {
  const sizes = [...names].map(async (name) => gzipSync(await readFile(join(folder, 'assets', name))).length);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
};

describe('the first load', () => {
  test.each([
    'experiments',
    'runs',
    'run',
    'compare-runs',
    'models',
    'model',
    'model-version',
    'compare-versions',
    'promotion',
    'settings',
  ])('of the page %s is light', async (page) => {
    const html = await readFile(join(folder, 'index.html'), 'utf8');
    const named = [...html.matchAll(/"\/assets\/([^"]+)"/g)].flatMap(([, name]) => name ?? []);
    const names = new Set([...named, ...scriptsOf(`web/pages/${page}/page.tsx`)]);
    const bytes = (await gzipBytes(names)) + gzipSync(html).length;
    console.info(`first load of ${page}: ${bytes} bytes compressed by gzip, ${names.size} files`);
    expect(bytes).toBeLessThan(FIRST_LOAD_BYTES);
  });

  test.each(['runs', 'run'])('of the page %s leaves the libraries of charts for later', async (page) => {
    const scripts = [...scriptsOf(`web/pages/${page}/page.tsx`), ...scriptsOf('web/main.tsx')];
    const texts = await Promise.all(scripts.map((name) => readFile(join(folder, 'assets', name), 'utf8')));
    // A word of uPlot's and one of ECharts'.
    for (const word of ['u-cursor-x', 'axisAreaSelect'])
      expect(texts.filter((text) => text.includes(word))).toEqual([]);
    const charts = await Promise.all(
      ['web/charts/charts-view.tsx', 'web/pages/runs/parallel/parallel-view.tsx'].map(async (entry) => {
        const names = [...scriptsOf(entry)].filter((name) => !scripts.includes(name));
        console.info(`${entry}: ${await gzipBytes(names)} bytes compressed by gzip, when it is first shown`);
        return Promise.all(names.map((name) => readFile(join(folder, 'assets', name), 'utf8')));
      }),
    );
    expect(charts.flat().some((text) => text.includes('u-cursor-x'))).toBe(true);
    expect(charts.flat().some((text) => text.includes('axisAreaSelect'))).toBe(true);
  });

  test.each(Object.entries(PAGES))('of %s fetches all scripts of its page at once', async (path, page) => {
    const html = await readFile(join(folder, 'index.html'), 'utf8');
    const [, head = ''] = /src="\/assets\/(head-[^"]+)"/.exec(html) ?? [];
    const links: { readonly href: string }[] = [];
    const document = {
      documentElement: { dataset: {} },
      createElement: () => ({}),
      head: { append: (link: { readonly href: string }) => links.push(link) },
    };
    const window = { location: { pathname: path.replaceAll(':', 'some-') } };
    runInNewContext(await readFile(join(folder, 'assets', head), 'utf8'), { window, document });
    const scripts = [...scriptsOf(`web/pages/${page}.tsx`)].map((name) => `/assets/${name}`);
    expect(links.map(({ href }) => href).sort()).toEqual(scripts.sort());
  });

  test('names only files that are there', async () => {
    const html = await readFile(join(folder, 'index.html'), 'utf8');
    const files = await readdir(join(folder, 'assets'));
    for (const [, name] of html.matchAll(/"\/assets\/([^"]+)"/g)) expect(files).toContain(name);
  });

  test('holds no inline script or style, which the content security policy would block', async () => {
    const html = await readFile(join(folder, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<style|<script(?![^>]* src=)|\sstyle=|\son\w+=/);
  });
});
