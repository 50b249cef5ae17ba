/** Up to here, a write into the page cache takes less time than its trip to another thread. */
export const SMALL_BYTES = 64 * 1024;
