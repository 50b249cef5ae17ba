/** Bundles the command and the handlers it runs into dist/, the dashboard into dist/web, the edge function into dist/edge. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { buildEdgeFunction } from './build-edge.js';
import { buildWeb } from './web/build/build-web.js';

await Promise.all([
  build({
    entryPoints: { tracklet: 'local/main.ts' },
    outdir: 'dist',
    bundle: true,
    // What only some servers load, such as the way to an OpenID provider, is in files of its own.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  }),
  buildWeb('dist/web'),
]);

// What CloudFront runs on AWS; the command runs the same file.
mkdirSync('dist/edge', { recursive: true });
writeFileSync('dist/edge/artifact-road.js', buildEdgeFunction());
