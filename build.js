/** Bundles the command and the handlers it runs into dist/, in well under a second. Packages stay outside. */
import { build } from 'esbuild';

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
