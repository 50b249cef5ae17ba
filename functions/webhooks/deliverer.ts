import { EVENT_BUS_ID, type Webhook } from '../domain/webhook.ts';
import { isAccepted, isPassingStatus, parseRetryAfter, retryPauseMs } from '../domain/webhook-retry.ts';
import type { Delivery, WebhookStore } from '../store/webhook-store.ts';
import type { PutEvent } from './event-bus.ts';
import { DeliveryRefused } from './guard.ts';
import type { Reply, Send } from './send.ts';
import type { WebhookSettings } from './settings.ts';
import { deliveryHeaders, deliveryIdOf } from './sign.ts';

/** Makes deliveries that are due. */
export interface Deliverer {
  /** Makes all that are due and gives when the next one will be, undefined for never. Ends early, keeping all, when `signal` says so. */
  readonly deliverDue: (signal: AbortSignal) => Promise<number | undefined>;
}

type Queue = Pick<
  WebhookStore,
  'findWebhook' | 'claimDeliveries' | 'endDelivery' | 'postponeDelivery' | 'buryDelivery'
>;

export interface DelivererProps {
  readonly store: Queue;
  readonly send: Send;
  readonly settings: Pick<WebhookSettings, 'maxRetries' | 'timeoutMs'>;
  readonly openSecret: (webhook: Webhook) => Promise<string | undefined>;
  /** Takes what goes to the event bus; without it, that is given up. */
  readonly putEvent?: PutEvent | undefined;
  readonly clock: () => number;
  readonly random: () => number;
  /** Hears of a delivery that failed by itself, not by its receiver. */
  readonly report: (message: string, cause: unknown) => void;
}

/** Beyond what a try may take: for the store's part. */
const LEASE_RESERVE_MS = 30_000;
const MAX_FAILURE_LENGTH = 500;

/** How a try went wrong. */
interface Failure {
  readonly reason: string;
  /** Whether another try may go well. */
  readonly isPassing: boolean;
  readonly responseStatus?: number;
  readonly retryAfterMs?: number | undefined;
}

/** A deliverer; several of them, in several processes, share the queue. */
export function createDeliverer(props: DelivererProps): Deliverer {
  const { store, send, settings, openSecret, putEvent, clock, random, report } = props;
  const { maxRetries, timeoutMs } = settings;

  const tryOnce = async (delivery: Delivery, webhook: Webhook, signal: AbortSignal): Promise<Failure | undefined> => {
    const { eventId, webhookId, body } = delivery;
    const secret = await openSecret(webhook);
    const headers = deliveryHeaders({ deliveryId: deliveryIdOf(eventId, webhookId), secret, body, now: clock() });
    try {
      return failureOf(await send({ url: webhook.url, headers, body, timeoutMs, signal }), clock());
    } catch (error) {
      return { reason: reasonOf(error), isPassing: !(error instanceof DeliveryRefused) };
    }
  };

  const tryToPut = async ({ eventId, webhookId, event, body }: Delivery): Promise<Failure | undefined> => {
    if (!putEvent) return NO_EVENT_BUS;
    try {
      await putEvent({ deliveryId: deliveryIdOf(eventId, webhookId), event, body });
      return undefined;
    } catch (error) {
      return { reason: reasonOf(error), isPassing: true };
    }
  };

  const giveBack = async (delivery: Delivery, failure: Failure) => {
    const tries = delivery.tries + 1;
    const { reason, isPassing, responseStatus, retryAfterMs } = failure;
    if (!isPassing || tries > maxRetries) {
      await store.buryDelivery(delivery, { tries, failedTime: clock(), failure: reason, responseStatus });
      return;
    }
    const dueTime = Math.ceil(clock() + retryPauseMs({ tries, random: random(), retryAfterMs }));
    await store.postponeDelivery(delivery, { tries, dueTime });
  };

  const deliverToBus = async (delivery: Delivery): Promise<void> => {
    const failure = await tryToPut(delivery);
    return failure ? giveBack(delivery, failure) : store.endDelivery(delivery);
  };

  const deliver = async (delivery: Delivery, signal: AbortSignal): Promise<void> => {
    if (delivery.webhookId === EVENT_BUS_ID) return deliverToBus(delivery);
    const webhook = await store.findWebhook(delivery.webhookId);
    if (!webhook) return store.endDelivery(delivery);
    if (webhook.status === 'DISABLED') return giveBack(delivery, DISABLED);
    const failure = await tryOnce(delivery, webhook, signal);
    if (!failure) return store.endDelivery(delivery);
    if (signal.aborted) return store.postponeDelivery(delivery, { tries: delivery.tries, dueTime: clock() });
    return giveBack(delivery, failure);
  };

  /** What fails here is due again at the end of its claim. */
  const deliverOrReport = async (delivery: Delivery, signal: AbortSignal): Promise<void> => {
    try {
      await deliver(delivery, signal);
    } catch (error) {
      report('delivering to a webhook failed and will be tried again', error);
    }
  };

  const deliverDue = async (signal: AbortSignal): Promise<number | undefined> => {
    for (;;) {
      const now = clock();
      const { deliveries, nextDueTime } = await store.claimDeliveries({ now, leaseMs: timeoutMs + LEASE_RESERVE_MS });
      await Promise.all(deliveries.map((delivery) => deliverOrReport(delivery, signal)));
      const isMoreDue = nextDueTime !== undefined && nextDueTime <= now;
      if (signal.aborted || !isMoreDue) return nextDueTime;
    }
  };

  return { deliverDue };
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, MAX_FAILURE_LENGTH);

const NO_EVENT_BUS: Failure = { reason: 'There is no event bus any more.', isPassing: false };
const DISABLED: Failure = { reason: 'The webhook was disabled before the delivery.', isPassing: false };

function failureOf({ status, retryAfter }: Reply, now: number): Failure | undefined {
  if (isAccepted(status)) return undefined;
  return {
    reason: `The receiver answered ${status}.`,
    isPassing: isPassingStatus(status),
    responseStatus: status,
    retryAfterMs: parseRetryAfter(retryAfter, now),
  };
}
