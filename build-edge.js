import { join } from 'node:path';
import { buildSync, transformSync } from 'esbuild';

const ENTRY = join(import.meta.dirname, 'functions/edge/artifact-road.ts');

/**
 * Syntax beyond ES5 that runtime 2.0 of CloudFront Functions has (AWS: "JavaScript runtime 2.0 features"). Other syntax is
 * rewritten, or fails the build.
 */
const SUPPORTED = { arrow: true, 'async-await': true, 'const-and-let': true, 'template-literal': true };

const IMPORTS = /import \w+ from"\w+";/g;
const EXPORT = /export\{(\w+) as handler\};?\s*$/;

/**
 * The edge function as one file: the source that CloudFront takes and the local front runs. Statements stay as they are
 * written: the runtime knows `await` only where it does not stand among the arguments of a call.
 * @returns {string}
 */
export function buildEdgeFunction() {
  const { outputFiles } = buildSync({
    entryPoints: [ENTRY],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'esnext',
    external: ['cloudfront', 'crypto'],
    logLevel: 'error',
  });
  // A step of its own, so that only what is left of the imported files has to be in the older language.
  const { code } = transformSync(outputFiles[0].text, {
    format: 'esm',
    target: 'es5',
    supported: SUPPORTED,
    minifyWhitespace: true,
    minifyIdentifiers: true,
    legalComments: 'none',
  });
  return asScript(code);
}

/** CloudFront wants its imports in the first line, and an `async function handler` in place of exports. */
function asScript(code) {
  const start = `async function ${EXPORT.exec(code)?.[1]}(`;
  if (!code.includes(start)) throw new Error('the edge function must export an async function `handler`');
  const imports = code.match(IMPORTS) ?? [];
  const body = code.replace(EXPORT, '').replace(IMPORTS, '').replace(start, 'async function handler(').trim();
  return `${imports.join('')}\n${body}\n`;
}
