import { toByteOrder } from './byte-order.ts';

const search = (sorted: readonly string[], isBefore: (key: string) => boolean): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(sorted[middle] ?? '')) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The position of the first entry that is not below the bound. */
export const lowerBound = (sorted: readonly string[], bound: string): number => search(sorted, (key) => key < bound);

/** The position of the first entry above the bound. */
export const upperBound = (sorted: readonly string[], bound: string): number => search(sorted, (key) => key <= bound);

/** A map by key that also knows its keys in S3's order; the order is built on first use, so loading a journal costs one sort. */
export class KeyMap<Value> {
  readonly #values = new Map<string, Value>();
  #sorted: string[] | undefined;

  get size(): number {
    return this.#values.size;
  }

  get(key: string): Value | undefined {
    return this.#values.get(toByteOrder(key));
  }

  /** By a key that is in byte order already. */
  getByBytes(bytes: string): Value | undefined {
    return this.#values.get(bytes);
  }

  set(key: string, value: Value): void {
    const bytes = toByteOrder(key);
    const isNew = !this.#values.has(bytes);
    this.#values.set(bytes, value);
    if (isNew) this.#sorted?.splice(lowerBound(this.#sorted, bytes), 0, bytes);
  }

  delete(key: string): void {
    const bytes = toByteOrder(key);
    if (this.#values.delete(bytes)) this.#sorted?.splice(lowerBound(this.#sorted, bytes), 1);
  }

  values(): IterableIterator<Value> {
    return this.#values.values();
  }

  /** All keys, in byte order. */
  sortedBytes(): readonly string[] {
    this.#sorted ??= [...this.#values.keys()].sort();
    return this.#sorted;
  }
}
