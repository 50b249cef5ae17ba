import { doesNotExist } from '../../domain/errors.ts';
import { validateEvent, type Webhook, type WebhookEvent } from '../../domain/webhook.ts';
import { requiredText } from '../../protocol/common.ts';
import type { Store } from '../../store/store.ts';

export const webhookId = requiredText('Webhook id');

/** The error for a webhook that is not there. */
export const noSuchWebhook = (id: string) => doesNotExist(`Webhook with ID ${id} not found.`);

/** What we give out is shorter; the table has no key for a very long one. */
const MAX_ID_LENGTH = 100;

export const isTooLongId = (id: string): boolean => id.length > MAX_ID_LENGTH;

/** The webhook; throws RESOURCE_DOES_NOT_EXIST for none. */
export async function getWebhookById(store: Store, id: string): Promise<Webhook> {
  const webhook = isTooLongId(id) ? undefined : await store.findWebhook(id);
  if (!webhook) throw noSuchWebhook(id);
  return webhook;
}

/** Throws INVALID_PARAMETER_VALUE for the first event that there is not. */
export function validateEvents(events: readonly WebhookEvent[]): void {
  for (const event of events) validateEvent(event);
}
