import { WEBHOOK_ACTIONS, WEBHOOK_ENTITIES, WEBHOOK_STATUSES, type Webhook } from '../domain/webhook.ts';
import { message, required } from './message.ts';
import { choice } from './scalars.ts';

/** An event as the wire names it. */
export const webhookEvent = message({
  entity: required(choice(WEBHOOK_ENTITIES, 'What it happens to')),
  action: required(choice(WEBHOOK_ACTIONS, 'What happens')),
});

export const webhookStatus = choice(WEBHOOK_STATUSES, 'Whether it is called');

/** A webhook as clients see it: without its secret (MLflow: Webhook.to_proto). */
export const wireWebhook = (webhook: Webhook) => ({
  webhook_id: webhook.webhookId,
  name: webhook.name,
  description: webhook.description || undefined,
  url: webhook.url,
  events: webhook.events,
  status: webhook.status,
  creation_timestamp: webhook.creationTime,
  last_updated_timestamp: webhook.lastUpdateTime,
});
