import {
  sortedEvents,
  validateEventsOnce,
  validateHasEvents,
  validateWebhookName,
  type Webhook,
} from '../../domain/webhook.ts';
import { requiredText } from '../../protocol/common.ts';
import { message, requiredList } from '../../protocol/message.ts';
import { text } from '../../protocol/scalars.ts';
import { webhookEvent, webhookStatus, wireWebhook } from '../../protocol/wire-webhook.ts';
import { defineOperation } from '../operation.ts';
import { validateEvents } from './webhook-reference.ts';

const request = message({
  name: requiredText('Name: letters, digits, dots, underscores and hyphens, 63 at most'),
  url: requiredText('Where events are POSTed to'),
  events: requiredList(webhookEvent, 'Events that it hears of'),
  description: text('Description'),
  secret: text('What deliveries are signed with; never shown again'),
  status: webhookStatus,
});

export const createWebhook = defineOperation({
  method: 'POST',
  path: '/mlflow/webhooks',
  since: '2.0',
  request,
  handle: async ({ name, url, events, description, secret, status = 'ACTIVE' }, { store, webhooks, clock }) => {
    validateEvents(events);
    validateWebhookName(name);
    await webhooks.checkUrl(url);
    validateHasEvents(events);
    validateEventsOnce(events);
    const webhookId = webhooks.newWebhookId();
    const now = clock();
    const webhook: Webhook = {
      webhookId,
      name,
      description,
      url,
      events: sortedEvents(events),
      status,
      sealedSecret: secret ? await webhooks.sealSecret(webhookId, secret) : undefined,
      creationTime: now,
      lastUpdateTime: now,
    };
    await store.createWebhook(webhook);
    return { webhook: wireWebhook(webhook) };
  },
});
