import { message } from '../../protocol/message.ts';
import { wireWebhook } from '../../protocol/wire-webhook.ts';
import { defineOperation } from '../operation.ts';
import { getWebhookById, webhookId } from './webhook-reference.ts';

export const getWebhook = defineOperation({
  method: 'GET',
  path: '/mlflow/webhooks/:webhook_id',
  since: '2.0',
  request: message({ webhook_id: webhookId }),
  handle: async ({ webhook_id: id }, { store }) => ({ webhook: wireWebhook(await getWebhookById(store, id)) }),
});
