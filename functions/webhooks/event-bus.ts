import { eventName, type WebhookEvent } from '../domain/webhook.ts';

/** What is put on an event bus: what a webhook would be told. */
export interface BusEvent {
  /** The same in all tries: by it a receiver knows what it has had already. */
  readonly deliveryId: string;
  readonly event: WebhookEvent;
  /** JSON of an object. */
  readonly body: string;
}

/** Puts an event on a bus, once it resolves; rejects when that is not sure. */
export type PutEvent = (event: BusEvent) => Promise<void>;

/** Who puts it there, by which rules tell it from what others do. */
const SOURCE = 'tracklet';

/**
 * An event as an entry of PutEvents (AWS: PutEventsRequestEntry). Its resource is the delivery: EventBridge gives each
 * entry an id of its own, which is another one when it is put again.
 */
export const busEntry = ({ deliveryId, event, body }: BusEvent) => ({
  Source: SOURCE,
  DetailType: eventName(event),
  Detail: body,
  Resources: [`${SOURCE}:delivery/${deliveryId}`],
});
