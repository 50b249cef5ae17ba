import { afterAll } from 'vitest';
import { createBackend } from '../../functions/entry/services.ts';
import type { IdentityStore } from '../../functions/store/identity-store.ts';
import { startStores } from '../../local/stores.ts';

/** A store of identities for a test file, over embedded stores; it stops after the file's last test. */
export async function openIdentityStore(): Promise<IdentityStore> {
  const stores = await startStores({ dataDir: undefined, engine: undefined, log: () => undefined });
  afterAll(stores.stop);
  return createBackend(stores, stores.connections).identity;
}
