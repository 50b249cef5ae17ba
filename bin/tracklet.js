#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

// Before anything is loaded, for V8 makes its plans after its first collection.
//
// By itself V8 collects after every 13 MB of a file that passes through, for it counts buffers as heap but not that they die
// young: 80 full collections per GB, which cost more than moving the bytes. So it waits until the heap is three times what
// was alive at the last one.
setFlagsFromString('--heap-growing-percent=200');
// And it tidies up after ten minutes of rest instead of eight seconds: with the garbage goes most of the compiled code, and for the
// next training each of some thousand calls took half as long again.
setFlagsFromString('--gc-memory-reducer-start-delay-ms=600000');

const built = new URL('../dist/tracklet.js', import.meta.url);
if (!existsSync(built)) {
  process.chdir(new URL('..', import.meta.url).pathname);
  await import('../build.js');
}
const { main } = await import(built.href);
await main(process.argv.slice(2));
