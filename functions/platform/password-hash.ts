import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** How much work a hash is (RFC 7914): memory is 128 · cost · blockSize bytes, done `rounds` times. */
export interface ScryptWork {
  readonly cost: number;
  readonly blockSize: number;
  readonly rounds: number;
}

/** One of OWASP's settings, all of which cost about as much: 32 MB, which a small function can spare several times. */
const WORK: ScryptWork = { cost: 2 ** 15, blockSize: 8, rounds: 3 };

const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** What scrypt takes beside its table. */
const SPARE_BYTES = 1_000_000;
const STORED = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/;

/** Hashes a password under a salt of its own: `scrypt$cost$block size$rounds$salt$key`, so that the work can be raised later. */
export async function hashPassword(password: string, work: ScryptWork = WORK): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, work);
  return `scrypt$${work.cost}$${work.blockSize}$${work.rounds}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Whether a password is that of a stored hash; takes as long whatever the answer. Throws for a text that is no stored hash. */
export async function isPasswordOf(password: string, stored: string): Promise<boolean> {
  const [, cost, blockSize, rounds, salt = '', key = ''] = STORED.exec(stored) ?? [];
  if (cost === undefined) throw new Error('a password hash in the store is not of this form');
  const work = { cost: Number(cost), blockSize: Number(blockSize), rounds: Number(rounds) };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), work);
  const expected = Buffer.from(key, 'base64url');
  return derived.length === expected.length && timingSafeEqual(derived, expected);
}

/** Whether two texts of equal length are the same; takes as long whatever the answer. */
export function isSameText(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function derive(password: string, salt: Buffer, { cost, blockSize, rounds }: ScryptWork): Promise<Buffer> {
  // A password typed on another keyboard may come composed otherwise.
  const text = password.normalize('NFKC');
  const options = { N: cost, r: blockSize, p: rounds, maxmem: SPARE_BYTES + 256 * cost * blockSize };
  return new Promise((resolve, reject) => {
    scrypt(text, salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
