import { setFlagsFromString } from 'node:v8';

/**
 * Sets V8 up for a server that passes files on and rests for long.
 *
 * It may wait until the heap is three times what was alive at its last full collection. By itself it collected after every
 * 13 MB of a file that passed through, for it counts buffers as heap but not that they die young: 80 full collections per
 * GB, which cost more than moving the bytes.
 *
 * And it tidies up after ten minutes of rest instead of eight seconds. With what it takes for garbage then goes most of the compiled
 * code, and the next training pays for that: half more time for each call, for some thousand calls.
 */
export function setUpV8(): void {
  setFlagsFromString('--heap-growing-percent=200');
  setFlagsFromString('--gc-memory-reducer-start-delay-ms=600000');
}
