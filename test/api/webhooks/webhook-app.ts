import { operations } from '../../../functions/api/index.ts';
import { createApp } from '../../../functions/http/app.ts';
import { createSecretBox } from '../../../functions/platform/secret-box.ts';
import { newUuid, now } from '../../../functions/platform/system.ts';
import type { Resolve } from '../../../functions/webhooks/guard.ts';
import { WEBHOOK_DEFAULTS, type WebhookSettings } from '../../../functions/webhooks/settings.ts';
import { createWebhooks } from '../../../functions/webhooks/webhooks.ts';
import { type Answer, callers, openTestApp, textAt } from '../../support/test-app.ts';

const MLFLOW = '/api/2.0/mlflow/';

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  'example.com': ['93.184.216.34'],
  'inside.example': ['93.184.216.34', '10.0.0.1'],
};

const resolve: Resolve = async (host) => {
  const addresses = KNOWN[host];
  if (!addresses) throw new Error(`getaddrinfo ENOTFOUND ${host}`);
  return addresses.map((address) => ({ address, family: 4 }));
};

/** The app with names of its own, as deployed unless the settings say otherwise. */
export async function openWebhookApp(settings: Partial<WebhookSettings> = {}) {
  const { services } = await openTestApp();
  const webhooks = createWebhooks({
    settings: { ...WEBHOOK_DEFAULTS, ...settings },
    secretBox: createSecretBox(() => services.store.getSecret('webhook-secrets')),
    newUuid,
    clock: now,
    resolve,
  });
  const app = createApp(operations, { ...services, webhooks }, { report: () => undefined });
  const calls = callers(async (request, env) => app.fetch(request, env));
  return {
    ...calls,
    store: services.store,
    webhooks,
    patch: (id: string, body: unknown): Promise<Answer> => calls.call('PATCH', `${MLFLOW}webhooks/${id}`, body),
    remove: (id: string): Promise<Answer> => calls.call('DELETE', `${MLFLOW}webhooks/${id}`),
    newWebhook: async (fields: object = {}): Promise<string> =>
      textAt(await calls.post('webhooks', { ...WEBHOOK, ...fields }), 'webhook', 'webhook_id'),
  };
}

export const CREATED = { entity: 'REGISTERED_MODEL', action: 'CREATED' };

/** What a webhook is made of. */
export const WEBHOOK = { name: 'hook', url: 'https://example.com/hook', events: [CREATED] };
