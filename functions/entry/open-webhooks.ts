import { createSecretBox } from '../platform/secret-box.ts';
import { newUuid, now } from '../platform/system.ts';
import type { Store } from '../store/store.ts';
import type { WebhookSettings } from '../webhooks/settings.ts';
import { createWebhooks, type Webhooks } from '../webhooks/webhooks.ts';
import { once } from './once.ts';

/** Wires webhooks, whose secrets are sealed with the settings' key, or with one that the store keeps. */
export function openWebhooks(store: Store, settings: WebhookSettings): Webhooks {
  const kept = once(() => store.getSecret('webhook-secrets'));
  const secretBox = createSecretBox(async () => settings.encryptionKey ?? kept());
  return createWebhooks({ settings, secretBox, newUuid, clock: now });
}
