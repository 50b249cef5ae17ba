import { createHash, createHmac } from 'node:crypto';

interface Signed {
  readonly deliveryId: string;
  /** Undefined and '' leave the delivery unsigned. */
  readonly secret: string | undefined;
  readonly body: string;
  /** When it is sent, in ms since the epoch: receivers refuse what is old. */
  readonly now: number;
}

/** The headers by which a receiver knows a delivery for ours (MLflow: webhooks/delivery.py, _generate_hmac_signature). */
export function deliveryHeaders({ deliveryId, secret, body, now }: Signed): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1000));
  const headers = { 'X-MLflow-Delivery-Id': deliveryId, 'X-MLflow-Timestamp': timestamp };
  if (!secret) return headers;
  const signature = createHmac('sha256', secret).update(`${deliveryId}.${timestamp}.${body}`).digest('base64');
  return { ...headers, 'X-MLflow-Signature': `v1,${signature}` };
}

/** The id of a delivery, a UUID, the same in all its tries: by it a receiver knows what it has had already. */
export function deliveryIdOf(eventId: string, webhookId: string): string {
  const hex = createHash('sha256').update(`${eventId} ${webhookId}`).digest('hex');
  // RFC 9562, version 4 and variant 10.
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
