import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';

const WEB = import.meta.dirname;
const PUBLIC = '/assets/';
/** All but the last two steps of quality take a tenth of the time, for a hundredth more bytes. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
const isCompressible = (name) => /\.(js|css|svg|html)$/.test(name);

/**
 * Bundles the dashboard: `index.html`, and under `assets/` files whose names change with their contents. Pages, charts and
 * previews are chunks of their own; the style sheets are one file, for esbuild does not load those of a chunk.
 */
export async function buildWeb(folder) {
  const common = {
    absWorkingDir: join(WEB, '..'),
    outdir: folder,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    metafile: true,
    write: false,
    logLevel: 'warning',
  };
  const [page, head] = await Promise.all([
    build({
      ...common,
      entryPoints: { main: join(WEB, 'main.tsx') },
      splitting: true,
      format: 'esm',
      jsx: 'automatic',
      define: { 'process.env.NODE_ENV': '"production"' },
      plugins: [allStyles],
    }),
    // What the page waits for is no module: those run after the first drawing.
    build({
      ...common,
      entryPoints: { theme: join(WEB, 'theme/apply-theme.ts'), icon: join(WEB, 'theme/icon.svg') },
      format: 'iife',
      loader: { '.svg': 'copy' },
    }),
  ]);
  const metafile = { outputs: { ...page.metafile.outputs, ...head.metafile.outputs } };
  const outputFiles = [...page.outputFiles, ...head.outputFiles];
  const outputs = nameOutputs(metafile);
  const isLoaded = ({ path }) => !path.endsWith('.css') || basename(path) === outputs.style;
  const files = outputFiles.filter(isLoaded).map(({ path, contents }) => ({ name: basename(path), contents }));
  const html = await fillPage(outputs);
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'assets'), { recursive: true });
  await Promise.all([
    ...files.map(({ name, contents }) => writeCompressed(join(folder, 'assets', name), contents)),
    writeCompressed(join(folder, 'index.html'), Buffer.from(html)),
    writeFile(join(folder, 'outputs.json'), JSON.stringify(describeOutputs(metafile), null, 2)),
  ]);
}

/** Lets the main entry import all style sheets as `styles:all`: tokens and base first, else in the order of their paths. */
const allStyles = {
  name: 'all-styles',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^styles:all$/ }, ({ path }) => ({ path, namespace: 'all-styles' }));
    onLoad({ filter: /.*/, namespace: 'all-styles' }, async () => {
      const found = (await readdir(WEB, { recursive: true })).filter((path) => path.endsWith('.module.css')).sort();
      const paths = ['theme/tokens.css', 'theme/base.css', ...found];
      return { contents: paths.map((path) => `import './${path}';`).join('\n'), resolveDir: WEB };
    });
  },
};

const entriesOf = ({ outputs }) =>
  Object.entries(outputs).map(([path, output]) => ({ path, name: basename(path), ...output }));

/** The files that the page names, and those that the main one imports at once. */
function nameOutputs(metafile) {
  const entries = entriesOf(metafile);
  const entryOf = (source) =>
    entries.find(({ entryPoint }) => entryPoint === relative(join(WEB, '..'), join(WEB, source)));
  const main = entryOf('main.tsx');
  return {
    script: main.name,
    style: basename(main.cssBundle),
    theme: entryOf('theme/apply-theme.ts').name,
    icon: entries.find(({ name }) => name.endsWith('.svg')).name,
    preloads: main.imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => basename(path)),
  };
}

async function fillPage({ preloads, ...names }) {
  const template = await readFile(join(WEB, 'index.html'), 'utf8');
  const links = preloads.map((name) => `<link rel="modulepreload" href="${PUBLIC}${name}" />`);
  const texts = {
    preloads: links.join('\n    '),
    ...Object.fromEntries(Object.entries(names).map(([key, name]) => [key, PUBLIC + name])),
  };
  return template.replace(/\{\{(\w+)\}\}/g, (_, key) => texts[key]);
}

/** Which sources are in which file and what loads what: for the test on bytes, and for whoever looks for a heavy import. */
function describeOutputs(metafile) {
  return entriesOf(metafile)
    .filter(({ name }) => name.endsWith('.js'))
    .map(({ name, entryPoint, imports }) => ({
      name,
      entryPoint,
      imports: imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => basename(path)),
    }));
}

async function writeCompressed(path, contents) {
  const writes = [writeFile(path, contents)];
  if (isCompressible(path)) {
    writes.push(promisify(gzip)(contents, { level: 9 }).then((bytes) => writeFile(`${path}.gz`, bytes)));
    writes.push(promisify(brotliCompress)(contents, BROTLI).then((bytes) => writeFile(`${path}.br`, bytes)));
  }
  await Promise.all(writes);
}
