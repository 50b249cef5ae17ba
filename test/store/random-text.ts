import { createCipheriv } from 'node:crypto';

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Text that hardly compresses, six random bits a character: the key stream of a cipher whose key is the seed. */
export function randomText(length: number, seed: number): string {
  const key = Buffer.alloc(16);
  key.writeUInt32BE(seed);
  const bytes = createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(Math.ceil((length * 3) / 4)));
  return bytes.toString('base64url').slice(0, length);
}

/** The same items in an order of chance (Fisher and Yates). */
export function shuffle<T>(items: readonly T[], random: () => number): readonly T[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(Math.floor(random() * rest.length), 1));
}
