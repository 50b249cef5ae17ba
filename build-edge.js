import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

const SOURCE = fileURLToPath(new URL('functions/edge/artifact-road.ts', import.meta.url));

/** The source of the CloudFront Function of the artifact road. */
export function buildEdgeFunction() {
  return transformSync(readFileSync(SOURCE, 'utf8'), { loader: 'ts', target: 'es2017' }).code;
}
