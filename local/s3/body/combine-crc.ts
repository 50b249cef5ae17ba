import { CRC_POLYNOMIALS, type CrcKind } from './crc-polynomials.ts';

type Field = { readonly bits: number; readonly polynomial: bigint };

// Reflected form: the highest bit is x^0.
const timesX = (a: bigint, { polynomial }: Field): bigint => (a & 1n ? (a >> 1n) ^ polynomial : a >> 1n);

const multiply = (a: bigint, b: bigint, field: Field): bigint => {
  let product = 0n;
  let term = b;
  for (let bit = BigInt(field.bits) - 1n; bit >= 0n; bit--) {
    if ((a >> bit) & 1n) product ^= term;
    term = timesX(term, field);
  }
  return product;
};

const powerOfX = (exponent: bigint, field: Field): bigint => {
  const one = 1n << BigInt(field.bits - 1);
  let [result, square, rest] = [one, timesX(one, field), exponent];
  while (rest > 0n) {
    if (rest & 1n) result = multiply(result, square, field);
    square = multiply(square, square, field);
    rest >>= 1n;
  }
  return result;
};

/** The CRC of A followed by B from the CRCs of both and the size of B: crc(A) * x^(8 * size) + crc(B) over GF(2). */
export const combineCrc = (
  kind: CrcKind,
  first: Buffer,
  second: { readonly crc: Buffer; readonly sizeBytes: number },
): Buffer => {
  const field = CRC_POLYNOMIALS[kind];
  const shift = powerOfX(8n * BigInt(second.sizeBytes), field);
  const shifted = multiply(BigInt(`0x${first.toString('hex')}`), shift, field);
  const sum = shifted ^ BigInt(`0x${second.crc.toString('hex')}`);
  return Buffer.from(sum.toString(16).padStart(field.bits / 4, '0'), 'hex');
};
