import { describe, expect, test } from 'vitest';
import { upTo } from '../samples.ts';
import type { OpenStore } from '../store-suite.ts';

/** Secrets that all processes share. */
export function describeSecrets(open: OpenStore): void {
  describe('getSecret', () => {
    test('gives 32 bytes in hex, the same ever after and in every process', async () => {
      const { store, reopen } = await open();
      const secret = await store.getSecret('page-token');
      expect(secret).toMatch(/^[0-9a-f]{64}$/);
      expect(await store.getSecret('page-token')).toBe(secret);
      expect(await reopen().getSecret('page-token')).toBe(secret);
    });

    test('gives each name its own', async () => {
      const { store } = await open();
      expect(await store.getSecret('a')).not.toBe(await store.getSecret('b'));
    });

    test('gives 32 concurrent callers of many processes the same', async () => {
      const { reopen } = await open();
      const secrets = await Promise.all(upTo(32).map(() => reopen().getSecret('page-token')));
      expect(new Set(secrets).size).toBe(1);
    });
  });
}
