import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';
import { bundleScripts } from './scripts.js';
import { bundleStyles } from './styles.js';

const WEB = join(import.meta.dirname, '..');
const PUBLIC = '/assets/';
/** All but the last two steps of quality take a tenth of the time, for a hundredth more bytes. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
const isCompressible = (name) => /\.(js|css|svg|html)$/.test(name);

const ESBUILD = {
  absWorkingDir: join(WEB, '..'),
  outdir: 'dist',
  entryNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  platform: 'browser',
  target: 'es2022',
  write: false,
  logLevel: 'warning',
};

/**
 * Bundles the dashboard: `index.html`, and under `assets/` files whose names change with their contents. Pages, charts and
 * previews are chunks of their own; the style sheets are one file.
 */
export async function buildWeb(folder) {
  const style = await bundleStyles(WEB, ESBUILD);
  const scripts = await bundleScripts(WEB, 'main.tsx', style.classNames);
  const head = await bundleHead(scripts);
  const script = scripts.find(({ entryPoint }) => entryPoint === 'web/main.tsx');
  const html = await fillPage({
    ...head.names,
    style: PUBLIC + style.file.name,
    script: PUBLIC + script.name,
    preloads: [...withImports(script.name, scripts)]
      .slice(1)
      .map((name) => `<link rel="modulepreload" href="${PUBLIC}${name}" />`)
      .join('\n    '),
  });
  const files = [style.file, ...scripts, ...head.files];
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'assets'), { recursive: true });
  await Promise.all([
    ...files.map(({ name, contents }) => writeCompressed(join(folder, 'assets', name), contents)),
    writeCompressed(join(folder, 'index.html'), Buffer.from(html)),
    writeFile(join(folder, 'outputs.json'), JSON.stringify(describe(scripts), null, 2)),
  ]);
}

/** What the page waits for is no module: those run after the first drawing. */
async function bundleHead(scripts) {
  const { outputFiles } = await build({
    ...ESBUILD,
    entryPoints: { head: join(WEB, 'head.ts'), icon: join(WEB, 'theme/icon.svg') },
    format: 'iife',
    loader: { '.svg': 'copy' },
    define: { PAGE_FILES: JSON.stringify(filesOfPages(scripts)) },
  });
  const files = outputFiles.map(({ path, contents }) => ({ name: basename(path), contents }));
  const addressOf = (suffix) => PUBLIC + files.find(({ name }) => name.endsWith(suffix)).name;
  return { files, names: { head: addressOf('.js'), icon: addressOf('.svg') } };
}

/** The addresses of what each page loads at once, by its name: `{ 'runs/page': ['/assets/page-1a2b.js'] }`. */
function filesOfPages(scripts) {
  const page = /^web\/pages\/(.+)\.tsx$/;
  const pages = scripts.filter(({ entryPoint }) => entryPoint && page.test(entryPoint));
  return Object.fromEntries(
    pages.map(({ name, entryPoint }) => [
      page.exec(entryPoint)[1],
      [...withImports(name, scripts)].map((file) => PUBLIC + file),
    ]),
  );
}

/** A script and those it loads at once, by whatever chain of imports. */
function withImports(script, scripts) {
  const found = new Set([script]);
  for (const next of found) for (const name of scripts.find(({ name }) => name === next).imports) found.add(name);
  return found;
}

async function fillPage(texts) {
  const template = await readFile(join(WEB, 'index.html'), 'utf8');
  return template.replace(/\{\{(\w+)\}\}/g, (_, key) => texts[key]);
}

/** What loads what: for the test on bytes, and for whoever looks for a heavy import. */
const describe = (scripts) => scripts.map(({ name, entryPoint, imports }) => ({ name, entryPoint, imports }));

async function writeCompressed(path, contents) {
  const writes = [writeFile(path, contents)];
  if (isCompressible(path)) {
    writes.push(promisify(gzip)(contents, { level: 9 }).then((bytes) => writeFile(`${path}.gz`, bytes)));
    writes.push(promisify(brotliCompress)(contents, BROTLI).then((bytes) => writeFile(`${path}.br`, bytes)));
  }
  await Promise.all(writes);
}
