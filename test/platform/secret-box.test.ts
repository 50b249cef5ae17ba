import { expect, test } from 'vitest';
import { createSecretBox } from '../../functions/platform/secret-box.ts';

const boxOf = (key: string) => createSecretBox(async () => key);

test('gives a secret back, and shows nothing of it', async () => {
  const box = boxOf('k');
  const sealed = await box.seal('hunter2 é', 'w');
  expect(Buffer.from(sealed, 'base64url').includes('hunter2')).toBe(false);
  expect(await box.seal('hunter2 é', 'w')).not.toBe(sealed);
  expect(await boxOf('k').open(sealed, 'w')).toBe('hunter2 é');
});

test('does not open with another key, for another owner, or when it was changed', async () => {
  const sealed = await boxOf('k').seal('secret', 'w');
  await expect(boxOf('other').open(sealed, 'w')).rejects.toThrow();
  await expect(boxOf('k').open(sealed, 'v')).rejects.toThrow();
  const changed = Buffer.from(sealed, 'base64url');
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  await expect(boxOf('k').open(changed.toString('base64url'), 'w')).rejects.toThrow();
});
