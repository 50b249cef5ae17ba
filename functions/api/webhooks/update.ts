import { sortedEvents, validateEventsOnce, validateWebhookName, type Webhook } from '../../domain/webhook.ts';
import { list, message } from '../../protocol/message.ts';
import { text } from '../../protocol/scalars.ts';
import { webhookEvent, webhookStatus, wireWebhook } from '../../protocol/wire-webhook.ts';
import { defineOperation } from '../operation.ts';
import { getWebhookById, noSuchWebhook, validateEvents, webhookId } from './webhook-reference.ts';

const request = message({
  webhook_id: webhookId,
  name: text('Name; stays when absent or empty'),
  description: text('Description; stays when absent'),
  url: text('Where events are POSTed to; stays when absent or empty'),
  events: list(webhookEvent, 'Events that it hears of; they stay when the list is empty'),
  secret: text('What deliveries are signed with; stays when absent, and none when empty'),
  status: webhookStatus,
});

export const updateWebhook = defineOperation({
  method: 'PATCH',
  path: '/mlflow/webhooks/:webhook_id',
  since: '2.0',
  request,
  handle: async (input, { store, webhooks, clock }) => {
    const { webhook_id: id, name, description, url, events, secret, status } = input;
    validateEvents(events);
    await getWebhookById(store, id);
    if (name) validateWebhookName(name);
    if (url) await webhooks.checkUrl(url);
    validateEventsOnce(events);
    const sealed = secret ? await webhooks.sealSecret(id, secret) : undefined;
    const now = clock();
    const changed = await store.updateWebhook(
      id,
      (webhook): Webhook => ({
        ...webhook,
        name: name || webhook.name,
        description: description ?? webhook.description,
        url: url || webhook.url,
        events: events.length > 0 ? sortedEvents(events) : webhook.events,
        sealedSecret: secret === undefined ? webhook.sealedSecret : sealed,
        status: status ?? webhook.status,
        lastUpdateTime: now,
      }),
    );
    if (!changed) throw noSuchWebhook(id);
    return { webhook: wireWebhook(changed) };
  },
});
