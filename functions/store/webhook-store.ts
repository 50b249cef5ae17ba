import type { Webhook, WebhookEvent } from '../domain/webhook.ts';
import type { WebhookMessage } from '../domain/webhook-message.ts';
import type { Change } from './store.ts';

/** What is told of a write, by what it came to; undefined for nothing. It is kept in the transaction of the write itself. */
export type Announce<T> = (after: T) => WebhookMessage | undefined;

/** A message on its way to one webhook. */
export interface Delivery {
  /** The same for all webhooks that hear of the event, and in all tries. */
  readonly eventId: string;
  readonly webhookId: string;
  readonly event: WebhookEvent;
  readonly body: string;
  /** Tries so far. */
  readonly tries: number;
  /** When it is tried, in ms since the epoch; whoever claims it sets it to the end of the claim. */
  readonly dueTime: number;
}

/** A delivery that was given up. */
export interface DeadLetter extends Pick<Delivery, 'eventId' | 'webhookId' | 'event' | 'body' | 'tries'> {
  readonly failedTime: number;
  /** Why the last try failed. */
  readonly failure: string;
  /** What the receiver answered to it; undefined when it did not. */
  readonly responseStatus: number | undefined;
}

/** Which dead letter. */
export type DeadLetterName = Pick<DeadLetter, 'eventId' | 'webhookId'>;

/** What is asked for from the queue. */
export interface Claim {
  readonly now: number;
  /** How long nobody else shall have what is claimed, in ms. */
  readonly leaseMs: number;
}

export interface Claimed {
  /** What is due, some of it. */
  readonly deliveries: readonly Delivery[];
  /** When the next of what was looked at is due; undefined when nothing is waiting. */
  readonly nextDueTime: number | undefined;
}

/** The verbs of webhooks and of the queue of their deliveries; they promise what those of `Store` do. */
export interface WebhookStore {
  readonly createWebhook: (webhook: Webhook) => Promise<void>;
  readonly findWebhook: (webhookId: string) => Promise<Webhook | undefined>;
  /** In no order. */
  readonly listWebhooks: () => Promise<readonly Webhook[]>;
  /** Undefined for none. */
  readonly updateWebhook: (webhookId: string, change: Change<Webhook>) => Promise<Webhook | undefined>;
  /** Whether there was one. */
  readonly deleteWebhook: (webhookId: string) => Promise<boolean>;

  /** Takes deliveries that are due, each for one claimer at a time; what is not ended by the end of the claim is due again. */
  readonly claimDeliveries: (claim: Claim) => Promise<Claimed>;
  /** Ends a delivery that has arrived, or has nobody to arrive at. */
  readonly endDelivery: (delivery: Delivery) => Promise<void>;
  /** Puts a claimed delivery back, as `next` says. */
  readonly postponeDelivery: (delivery: Delivery, next: Pick<Delivery, 'tries' | 'dueTime'>) => Promise<void>;
  /** Gives a claimed delivery up. */
  readonly buryDelivery: (
    delivery: Delivery,
    failure: Pick<DeadLetter, 'tries' | 'failedTime' | 'failure' | 'responseStatus'>,
  ) => Promise<void>;
  /** In no order. */
  readonly listDeadLetters: () => Promise<readonly DeadLetter[]>;
  /** Puts a dead letter into the queue again, with all its tries. Whether there was one. */
  readonly redeliver: (name: DeadLetterName, now: number) => Promise<boolean>;
}
