import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 wait until the heap is three times what was alive at its last full collection. By itself it collected after every
 * 13 MB of a file that passed through, for it counts buffers as heap but not that they die young: 80 full collections per
 * GB, which cost more than moving the bytes.
 */
export const growHeapFreely = (): void => setFlagsFromString('--heap-growing-percent=200');
