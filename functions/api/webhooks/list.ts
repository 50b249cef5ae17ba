import { compareCodePoints } from '../../domain/code-points.ts';
import { invalidParameter } from '../../domain/errors.ts';
import { DEFAULT_WEBHOOK_RESULTS, MAX_WEBHOOK_RESULTS } from '../../domain/limits.ts';
import { pageToken } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { int32 } from '../../protocol/scalars.ts';
import { wireWebhook } from '../../protocol/wire-webhook.ts';
import { defineOperation } from '../operation.ts';
import { pageOf } from '../page-of.ts';

const request = message({
  max_results: int32('Webhooks in a page, 1 to 1000; 100 when absent'),
  page_token: pageToken,
});

/** Newest first. */
type Place = readonly [creationTime: number, webhookId: string];

const compare = ([timeA, idA]: Place, [timeB, idB]: Place): number => timeB - timeA || compareCodePoints(idA, idB);

export const listWebhooks = defineOperation({
  method: 'GET',
  path: '/mlflow/webhooks',
  since: '2.0',
  request,
  handle: async (input, { store, tokens, maxPageBytes }) => {
    // MLflow takes 0 for none given (sqlalchemy_store.py, list_webhooks).
    const maxResults = input.max_results || DEFAULT_WEBHOOK_RESULTS;
    if (maxResults < 1 || maxResults > MAX_WEBHOOK_RESULTS) {
      throw invalidParameter(`max_results must be between 1 and ${MAX_WEBHOOK_RESULTS}.`);
    }
    const page = await pageOf({
      rows: await store.listWebhooks(),
      keyOf: ({ creationTime, webhookId }): Place => [creationTime, webhookId],
      compare,
      wire: (found) => found.map(wireWebhook),
      maxResults,
      maxBytes: maxPageBytes,
      pageToken: input.page_token,
      list: 'webhooks',
      tokens,
    });
    return { webhooks: page.rows, next_page_token: page.nextPageToken };
  },
});
