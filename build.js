/** Bundles the command and the handlers it runs into dist/, in well under a second. Packages stay outside. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { buildEdgeFunction } from './build-edge.js';

await build({
  entryPoints: { tracklet: 'local/main.ts' },
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});

// What CloudFront runs on AWS; the command runs the same file.
mkdirSync('dist/edge', { recursive: true });
writeFileSync('dist/edge/artifact-road.js', buildEdgeFunction());
