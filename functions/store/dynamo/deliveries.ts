import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { EVENT_BUS_ID, hearsOf, type Webhook } from '../../domain/webhook.ts';
import type { WebhookMessage } from '../../domain/webhook-message.ts';
import type { Announce, Claim, Claimed, DeadLetter, Delivery, WebhookStore } from '../webhook-store.ts';
import { deadLetterCodec, type QueuedMessage, queuedMessageCodec } from './codecs/delivery-codec.ts';
import type { DocumentItems } from './document-item.ts';
import { createDocuments, type DocumentPlatform } from './documents.ts';
import { lostRace } from './failures.ts';
import { DEAD_LETTERS, DELIVERIES, deadLetterKey, deliveryKey, dueTimeOf, type Key } from './keys.ts';
import { type Item, keyItem, keyOf } from './table.ts';

type DeliveryVerbs = Pick<
  WebhookStore,
  'claimDeliveries' | 'endDelivery' | 'postponeDelivery' | 'buryDelivery' | 'listDeadLetters' | 'redeliver'
>;

/** Keeps what is announced until it is delivered. */
export interface Outbox {
  /** Tells of one write to an entity. */
  readonly tell: <T>(announce: Announce<T> | undefined) => Telling<T>;
}

/** How a write to an entity is told of, which may take several tries. */
export interface Telling<T> {
  /** A try begins. */
  readonly begin: () => void;
  /** The writes that go into the transaction; none when no webhook hears of it. */
  readonly writesFor: (after: T) => Promise<readonly TransactWriteItem[]>;
  /** The write took effect. Where there was nothing to write, the message is kept now. */
  readonly end: (after: T) => Promise<void>;
}

export interface DeliveryProps {
  readonly platform: DocumentPlatform;
  readonly listWebhooks: () => Promise<readonly Webhook[]>;
  /** Whether all that is announced goes to the event bus, too. */
  readonly hasEventBus: boolean;
  readonly newSortableId: () => string;
  /** Hears that something may be due. */
  readonly onQueued?: (() => void) | undefined;
}

type Body = Pick<QueuedMessage, 'body'>;

const FIRST = { version: 1, replaces: undefined } as const;
/** Items of the queue that a claim looks at. */
const MAX_CLAIMED = 50;
/** A transaction takes a hundred writes. */
const MAX_AT_ONCE = 90;
/** JSON that is shorter never lies in parts. */
const MIN_SPILLED_LENGTH = 100_000;
/** Parts whose message never came are dropped after so long, in ms. */
const ABANDONED_MS = 3_600_000;

/**
 * The queue of deliveries, by when they are due. A message is written in the transaction of what it tells of; to claim a
 * delivery is to move it to the end of the claim, so that it is due again when its claimer dies.
 */
export function createDeliveryVerbs(props: DeliveryProps): { readonly outbox: Outbox; readonly verbs: DeliveryVerbs } {
  const { platform, listWebhooks, hasEventBus, newSortableId, onQueued = () => undefined } = props;
  const { table, retry } = platform;
  const messages = createDocuments(queuedMessageCodec, platform);
  const letters = createDocuments(deadLetterCodec, platform);

  const putOf = (item: Item): TransactWriteItem => ({ Put: { TableName: table.name, Item: { ...item } } });

  const layOut = (message: QueuedMessage): DocumentItems => messages.layOut(keyOfMessage(message), message, FIRST);

  /** The message that is to be kept; undefined when nobody hears of it. */
  const queued = async (message: WebhookMessage | undefined): Promise<QueuedMessage | undefined> => {
    if (!message) return undefined;
    const listening = (await listWebhooks()).filter((webhook) => hearsOf(webhook, message.event));
    const webhookIds = [...listening.map(({ webhookId }) => webhookId), ...(hasEventBus ? [EVENT_BUS_ID] : [])];
    if (webhookIds.length === 0) return undefined;
    const { event, body, time } = message;
    return { eventId: newSortableId(), event, body, webhookIds, tries: 0, dueTime: time, isNew: true };
  };

  const itemsFor = async (message: WebhookMessage | undefined): Promise<DocumentItems | undefined> => {
    const found = await queued(message);
    return found && layOut(found);
  };

  const tell: Outbox['tell'] = (announce) => {
    let isInTransaction = false;
    return {
      begin: () => {
        isInTransaction = false;
      },
      writesFor: async (after) => {
        isInTransaction = true;
        const items = await itemsFor(announce?.(after));
        if (!items) return [];
        if (items.parts.length > 0) await table.writeMany(items.parts, []);
        return [putOf(items.main)];
      },
      end: async (after) => {
        if (!announce) return;
        const items = isInTransaction ? undefined : await itemsFor(announce(after));
        if (items) await table.writeMany([...items.parts, items.main], []);
        onQueued();
      },
    };
  };

  /** Drops the parts of a message that is gone. */
  const sweep = async (key: Key, { body }: Body) => {
    if (body.length >= MIN_SPILLED_LENGTH) await messages.sweepGone(key, Number.POSITIVE_INFINITY);
  };

  /** Puts other items in the place of one that is there. Whether it still was. */
  const replace = async (key: Key, body: Body, by: readonly DocumentItems[]): Promise<boolean> => {
    const parts = by.flatMap((items) => items.parts);
    if (parts.length > 0) await table.writeMany(parts, []);
    const isDone = await swap(key, by);
    if (isDone) await sweep(key, body);
    else if (parts.length > 0) await table.writeMany([], parts.map(keyOf));
    return isDone;
  };

  const swap = (key: Key, by: readonly DocumentItems[]): Promise<boolean> =>
    retry(async () => {
      const deletion = { TableName: table.name, Key: keyItem(key), ConditionExpression: 'attribute_exists(pk)' };
      try {
        await table.transact([{ Delete: deletion }, ...by.map(({ main }) => putOf(main))]);
        return { done: true };
      } catch (error) {
        const [own] = lostRace(error);
        return own === 'ConditionalCheckFailed' ? { done: false } : 'again';
      }
    });

  /** Makes a message of its own for each receiver. */
  const split = async (message: QueuedMessage): Promise<readonly QueuedMessage[]> => {
    const single = message.webhookIds.map((webhookId) => ({ ...message, webhookIds: [webhookId], isNew: false }));
    const last = single.slice(-MAX_AT_ONCE);
    // Written twice, they are the same items: a split that was cut short is made again.
    for (const one of single.slice(0, -MAX_AT_ONCE)) {
      const { main, parts } = layOut(one);
      await table.writeMany([...parts, main], []);
    }
    return (await replace(keyOfMessage(message), message, last.map(layOut))) ? single : [];
  };

  const claimOne = async (message: QueuedMessage, until: number): Promise<readonly Delivery[]> => {
    const claimed = { ...message, dueTime: until, isNew: false };
    return (await replace(keyOfMessage(message), message, [layOut(claimed)])) ? deliveriesOf(claimed) : [];
  };

  const claimDue = async (message: QueuedMessage, until: number): Promise<readonly Delivery[]> => {
    const single = message.webhookIds.length > 1 ? await split(message) : [message];
    return (await Promise.all(single.map((one) => claimOne(one, until)))).flat();
  };

  const dropAbandoned = async (items: readonly Item[], now: number) => {
    const mains = new Set(items.map((item) => keyOf(item).sk).filter((sk) => !sk.includes('~')));
    const abandoned = items
      .map(keyOf)
      .filter(({ sk }) => sk.includes('~') && !mains.has(sk.split('~')[0] ?? ''))
      .filter((key) => dueTimeOf(key) < now - ABANDONED_MS);
    if (abandoned.length > 0) await table.writeMany([], abandoned);
  };

  const claimDeliveries = async ({ now, leaseMs }: Claim): Promise<Claimed> => {
    const items = await table.queryFirst(DELIVERIES, MAX_CLAIMED, 1);
    await dropAbandoned(items, now);
    const waiting = await messages.assemble(items);
    const due = waiting.filter(({ dueTime }) => dueTime <= now);
    const deliveries = await Promise.all(due.map((message) => claimDue(message, now + leaseMs)));
    const later = waiting.filter(({ dueTime }) => dueTime > now).map(({ dueTime }) => dueTime);
    // What was claimed may come back, and there may be more than was looked at.
    const nextDueTime = due.length > 0 ? now : later.length > 0 ? Math.min(...later) : undefined;
    return { deliveries: deliveries.flat(), nextDueTime };
  };

  return {
    outbox: { tell },
    verbs: {
      claimDeliveries,
      endDelivery: async (delivery) => {
        await table.writeMany([], [keyOfDelivery(delivery)]);
        await sweep(keyOfDelivery(delivery), delivery);
      },
      postponeDelivery: async (delivery, next) => {
        const later = layOut({ ...messageOf(delivery), ...next });
        await replace(keyOfDelivery(delivery), delivery, [later]);
      },
      buryDelivery: async (delivery, failure) => {
        const { eventId, webhookId, event, body } = delivery;
        const letter: DeadLetter = { eventId, webhookId, event, body, ...failure };
        const items = letters.layOut(deadLetterKey(eventId, webhookId), letter, FIRST);
        await replace(keyOfDelivery(delivery), delivery, [items]);
      },
      listDeadLetters: async () => letters.assemble(await table.query(DEAD_LETTERS)),
      redeliver: async ({ eventId, webhookId }, now) => {
        const key = deadLetterKey(eventId, webhookId);
        const letter = await letters.find(key);
        if (!letter) return false;
        const { event, body } = letter;
        const again = { eventId, event, body, webhookIds: [webhookId], tries: 0, dueTime: now, isNew: true };
        if (!(await replace(key, letter, [layOut(again)]))) return false;
        onQueued();
        return true;
      },
    },
  };
}

function keyOfMessage({ dueTime, eventId, webhookIds }: QueuedMessage): Key {
  const [webhookId, ...others] = webhookIds;
  return deliveryKey(dueTime, eventId, others.length === 0 ? webhookId : undefined);
}

const keyOfDelivery = ({ dueTime, eventId, webhookId }: Delivery): Key => deliveryKey(dueTime, eventId, webhookId);

const messageOf = ({ webhookId, ...delivery }: Delivery): QueuedMessage => ({
  ...delivery,
  webhookIds: [webhookId],
  isNew: false,
});

const deliveriesOf = ({ webhookIds, eventId, event, body, tries, dueTime }: QueuedMessage): readonly Delivery[] =>
  webhookIds.map((webhookId) => ({ eventId, webhookId, event, body, tries, dueTime }));
