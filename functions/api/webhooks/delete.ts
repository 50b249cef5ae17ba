import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { isTooLongId, noSuchWebhook, webhookId } from './webhook-reference.ts';

export const deleteWebhook = defineOperation({
  method: 'DELETE',
  path: '/mlflow/webhooks/:webhook_id',
  since: '2.0',
  request: message({ webhook_id: webhookId }),
  handle: async ({ webhook_id: id }, { store }) => {
    if (isTooLongId(id) || !(await store.deleteWebhook(id))) throw noSuchWebhook(id);
    return {};
  },
});
