/** Unsigned integers in the least bytes that hold the greatest of them. */
export type Integers = Uint8Array | Uint16Array | Uint32Array;

/** An array for integers up to `max`. */
export function newIntegers(length: number, max: number): Integers {
  if (max <= 0xff) return new Uint8Array(length);
  return max <= 0xffff ? new Uint16Array(length) : new Uint32Array(length);
}

/** The bytes of an array of numbers, as a view; little-endian, as all machines that Node.js runs on. */
export const bytesOf = (array: Integers | Float64Array | BigInt64Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Copies bytes into an array of integers of a width, aligned. */
export function integersOf(bytes: Uint8Array, width: number): Integers {
  const buffer = alignedBuffer(bytes);
  if (width === 1) return new Uint8Array(buffer);
  if (width === 2) return new Uint16Array(buffer);
  if (width === 4) return new Uint32Array(buffer);
  throw new RangeError(`Integers of ${width} bytes`);
}

/** A buffer that holds these bytes and no others; a Buffer's may be shared. */
function alignedBuffer(bytes: Uint8Array): ArrayBuffer {
  const buffer = new ArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}
