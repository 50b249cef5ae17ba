import type { Key, KeyPrefix } from './key.ts';

export const WEBHOOKS: KeyPrefix = { pk: 'WEBHOOKS', skPrefix: '' };

export const webhookKey = (webhookId: string): Key => ({ pk: WEBHOOKS.pk, sk: webhookId });

/** What is to be delivered, by when it is due. */
export const DELIVERIES: KeyPrefix = { pk: 'DELIVERIES', skPrefix: '' };

const TIME_DIGITS = 13;

/** A message that has still all its receivers before it has no webhook. */
export const deliveryKey = (dueTime: number, eventId: string, webhookId: string | undefined): Key => ({
  pk: DELIVERIES.pk,
  sk: [
    String(Math.floor(dueTime)).padStart(TIME_DIGITS, '0'),
    eventId,
    ...(webhookId === undefined ? [] : [webhookId]),
  ].join('#'),
});

/** When an item of the queue is due. */
export const dueTimeOf = ({ sk }: Key): number => Number(sk.slice(0, TIME_DIGITS));

export const DEAD_LETTERS: KeyPrefix = { pk: 'DEAD-LETTERS', skPrefix: '' };

export const deadLetterKey = (eventId: string, webhookId: string): Key => ({
  pk: DEAD_LETTERS.pk,
  sk: `${eventId}#${webhookId}`,
});

/** Where webhooks, deliveries to them and those that were given up lie, and what seals the secrets of webhooks. */
export const DELIVERY_PARTITIONS = [WEBHOOKS.pk, DELIVERIES.pk, DEAD_LETTERS.pk, 'SECRETS'];
