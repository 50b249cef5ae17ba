import type { WebhookEvent } from '../../../domain/webhook.ts';
import type { DeadLetter } from '../../webhook-store.ts';
import type { DocumentCodec } from '../documents.ts';
import { DELIVERIES } from '../keys.ts';
import type { Item } from '../table.ts';

/** A message in the queue, and whom it is still to reach. */
export interface QueuedMessage {
  readonly eventId: string;
  readonly event: WebhookEvent;
  readonly body: string;
  readonly webhookIds: readonly string[];
  readonly tries: number;
  readonly dueTime: number;
  /** Whether nobody has looked at it yet. */
  readonly isNew: boolean;
}

/** Stands beside a message that is new. */
const NEW_MESSAGE_MARK = 'new';

/** What of the table's stream tells of new messages, as patterns of Lambda's event filters. */
export const NEW_MESSAGE_PATTERNS = [
  { dynamodb: { NewImage: { pk: { S: [DELIVERIES.pk] }, [NEW_MESSAGE_MARK]: { N: [{ exists: true }] } } } },
];

export const queuedMessageCodec: DocumentCodec<QueuedMessage> = {
  encode: (message) => JSON.stringify(message),
  // The table holds what encode wrote.
  decode: (json) => JSON.parse(json) as QueuedMessage,
  extra: ({ isNew }): Item => (isNew ? { [NEW_MESSAGE_MARK]: { N: '1' } } : {}),
};

/** Seconds that a dead letter is kept: 30 days. */
const KEPT_SECONDS = 30 * 86_400;

export const deadLetterCodec: DocumentCodec<DeadLetter> = {
  encode: (letter) => JSON.stringify(letter),
  decode: (json) => {
    // The table holds what encode wrote.
    const stored = JSON.parse(json) as DeadLetter;
    return { ...stored, responseStatus: stored.responseStatus };
  },
  extra: ({ failedTime }) => ({ ttl: { N: String(Math.ceil(failedTime / 1000) + KEPT_SECONDS) } }),
};
