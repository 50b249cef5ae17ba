import { expect, test } from 'vitest';
import { hashPassword, isPasswordOf, isSameText } from '../../functions/platform/password-hash.ts';

const LITTLE = { cost: 2, blockSize: 1, rounds: 1 };

test('a hash knows its password and no other', async () => {
  const hash = await hashPassword('correct horse battery');
  expect(hash).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  expect(await isPasswordOf('correct horse battery', hash)).toBe(true);
  expect(await isPasswordOf('correct horse batterz', hash)).toBe(false);
});

test('two hashes of one password differ, and each tells its own work', async () => {
  const [one, other] = [await hashPassword('password', LITTLE), await hashPassword('password', LITTLE)];
  expect(one).not.toBe(other);
  expect(await isPasswordOf('password', one)).toBe(true);
});

test('a password is the same however its letters are composed', async () => {
  expect(await isPasswordOf('Zoe\u0308', await hashPassword('Zo\u00eb', LITTLE))).toBe(true);
});

test('what is no hash is a fault of the store', async () => {
  await expect(isPasswordOf('password', 'plain')).rejects.toThrow('a password hash in the store');
});

test('texts are compared as a whole', () => {
  expect(isSameText('abc', 'abc')).toBe(true);
  expect(isSameText('abc', 'abd')).toBe(false);
  expect(isSameText('abc', 'abcd')).toBe(false);
});
