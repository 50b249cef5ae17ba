import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { build } from 'esbuild';

const FIRST = ['theme/tokens.css', 'theme/base.css'];

/**
 * Bundles all style sheets below a folder into one: tokens and base first, else in the order of their paths. Gives the file's
 * name and contents, and the class names of each module by its path: `{ 'grid/cells.module.css': { cell: 'a' } }`.
 */
export async function bundleStyles(root, options) {
  const modules = (await readdir(root, { recursive: true })).filter((path) => path.endsWith('.module.css')).sort();
  const lines = [
    ...FIRST.map((path) => `import './${path}';`),
    ...modules.map((path, index) => `export { default as m${index} } from './${path}';`),
  ];
  const { outputFiles } = await build({
    ...options,
    stdin: { contents: lines.join('\n'), resolveDir: root },
    entryNames: 'main-[hash]',
    format: 'esm',
  });
  const fileOf = (suffix) => outputFiles.find(({ path }) => path.endsWith(suffix));
  const { path, contents } = fileOf('.css');
  const names = await import(`data:text/javascript,${encodeURIComponent(fileOf('.js').text)}`);
  return {
    file: { name: basename(path), contents },
    classNames: Object.fromEntries(modules.map((module, index) => [module, names[`m${index}`]])),
  };
}
