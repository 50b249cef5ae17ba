#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/tracklet.js', import.meta.url);
if (!existsSync(built)) {
  process.chdir(new URL('..', import.meta.url).pathname);
  await import('../build.js');
}
const { main } = await import(built.href);
await main(process.argv.slice(2));
