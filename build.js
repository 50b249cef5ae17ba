/** Bundles the command and the handlers it runs into dist/, and the dashboard into dist/web. */
import { build } from 'esbuild';
import { buildWeb } from './web/build-web.js';

await Promise.all([
  build({
    entryPoints: { tracklet: 'local/main.ts' },
    outdir: 'dist',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  }),
  buildWeb('dist/web'),
]);
