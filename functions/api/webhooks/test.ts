import { validateEvent } from '../../domain/webhook.ts';
import { message, optional } from '../../protocol/message.ts';
import { webhookEvent } from '../../protocol/wire-webhook.ts';
import { defineOperation } from '../operation.ts';
import { getWebhookById, webhookId } from './webhook-reference.ts';

/** Sends an example of an event, the webhook's first one when the request names none, and answers how that went. */
export const testWebhook = defineOperation({
  method: 'POST',
  path: '/mlflow/webhooks/:webhook_id/test',
  since: '2.0',
  request: message({ webhook_id: webhookId, event: optional(webhookEvent, 'Event whose example is sent') }),
  handle: async ({ webhook_id: id, event }, { store, webhooks }) => {
    if (event) validateEvent(event);
    const webhook = await getWebhookById(store, id);
    const [first] = webhook.events;
    const tested = event ?? first;
    if (!tested) throw new Error('a webhook has an event');
    const { isSuccess, responseStatus, responseBody, errorMessage } = await webhooks.test(webhook, tested);
    return {
      result: {
        success: isSuccess,
        response_status: responseStatus,
        response_body: responseBody,
        error_message: errorMessage,
      },
    };
  },
});
