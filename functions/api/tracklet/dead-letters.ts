import { compareCodePoints } from '../../domain/code-points.ts';
import { doesNotExist, invalidParameter } from '../../domain/errors.ts';
import { DEFAULT_WEBHOOK_RESULTS, MAX_WEBHOOK_RESULTS } from '../../domain/limits.ts';
import { pageToken, requiredText } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { int32, text } from '../../protocol/scalars.ts';
import type { DeadLetter, DeadLetterName } from '../../store/webhook-store.ts';
import { defineOperation } from '../operation.ts';
import { pageOf } from '../page-of.ts';
import { isTooLongId } from '../webhooks/webhook-reference.ts';

const path = '/tracklet/webhooks/dead-letters';

const idOf = ({ eventId, webhookId }: DeadLetterName): string => `${eventId}.${webhookId}`;

/** The letter that an id names; undefined for what is no such id. */
function parseId(id: string): DeadLetterName | undefined {
  const [eventId, webhookId, ...rest] = id.split('.');
  if (isTooLongId(id)) return undefined;
  return eventId && webhookId && rest.length === 0 ? { eventId, webhookId } : undefined;
}

const wireDeadLetter = (letter: DeadLetter) => ({
  dead_letter_id: idOf(letter),
  webhook_id: letter.webhookId,
  event: letter.event,
  payload: letter.body,
  tries: letter.tries,
  failed_timestamp: letter.failedTime,
  failure: letter.failure,
  response_status: letter.responseStatus,
});

/** Newest first. */
type Place = readonly [failedTime: number, id: string];

const compare = ([timeA, idA]: Place, [timeB, idB]: Place): number => timeB - timeA || compareCodePoints(idA, idB);

/** Deliveries to webhooks that were given up in the last 30 days. */
export const listDeadLetters = defineOperation({
  method: 'GET',
  path,
  since: '2.0',
  request: message({
    webhook_id: text('Webhook whose letters are wanted; all when absent'),
    max_results: int32('Letters in a page, 1 to 1000; 100 when absent'),
    page_token: pageToken,
  }),
  handle: async (input, { store, tokens, maxPageBytes }) => {
    const { webhook_id: webhookId, max_results: maxResults = DEFAULT_WEBHOOK_RESULTS } = input;
    if (maxResults < 1 || maxResults > MAX_WEBHOOK_RESULTS) {
      throw invalidParameter(`max_results must be between 1 and ${MAX_WEBHOOK_RESULTS}. Received ${maxResults}.`);
    }
    const letters = await store.listDeadLetters();
    const page = await pageOf({
      rows: webhookId ? letters.filter((letter) => letter.webhookId === webhookId) : letters,
      keyOf: (letter): Place => [letter.failedTime, idOf(letter)],
      compare,
      wire: (found) => found.map(wireDeadLetter),
      maxResults,
      maxBytes: maxPageBytes,
      pageToken: input.page_token,
      list: `dead letters ${webhookId ?? ''}`,
      tokens,
    });
    return { dead_letters: page.rows, next_page_token: page.nextPageToken };
  },
});

/** Puts a delivery that was given up into the queue again. */
export const redeliverDeadLetter = defineOperation({
  method: 'POST',
  path: `${path}/:dead_letter_id/redeliver`,
  since: '2.0',
  request: message({ dead_letter_id: requiredText('Id of the dead letter') }),
  handle: async ({ dead_letter_id: id }, { store, clock }) => {
    const name = parseId(id);
    if (!name || !(await store.redeliver(name, clock()))) throw doesNotExist(`Dead letter with ID ${id} not found.`);
    return {};
  },
});
