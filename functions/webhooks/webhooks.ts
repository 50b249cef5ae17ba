import { invalidParameter } from '../domain/errors.ts';
import { pythonRepr } from '../domain/messages.ts';
import type { Webhook, WebhookEvent } from '../domain/webhook.ts';
import { exampleMessage } from '../domain/webhook-message.ts';
import { isAccepted } from '../domain/webhook-retry.ts';
import { hostOfWebhook, notPublic } from '../domain/webhook-url.ts';
import type { SecretBox } from '../platform/secret-box.ts';
import { createGuard, type GuardProps } from './guard.ts';
import { createSend, type Send } from './send.ts';
import type { WebhookSettings } from './settings.ts';
import { deliveryHeaders } from './sign.ts';

/** How the test of a webhook went. */
export interface WebhookTest {
  readonly isSuccess: boolean;
  readonly responseStatus: number | undefined;
  readonly responseBody: string | undefined;
  readonly errorMessage: string | undefined;
}

/** What operations do with webhooks besides keeping them. */
export interface Webhooks {
  readonly newWebhookId: () => string;
  /** Throws INVALID_PARAMETER_VALUE for a URL that deliveries may not go to. */
  readonly checkUrl: (url: string) => Promise<void>;
  readonly sealSecret: (webhookId: string, secret: string) => Promise<string>;
  readonly openSecret: (webhook: Webhook) => Promise<string | undefined>;
  /** Sends the example of an event, once. */
  readonly test: (webhook: Webhook, event: WebhookEvent) => Promise<WebhookTest>;
  readonly send: Send;
}

interface WebhooksProps extends Pick<GuardProps, 'resolve' | 'isPublic'> {
  readonly settings: WebhookSettings;
  readonly secretBox: SecretBox;
  readonly newUuid: () => string;
  readonly clock: () => number;
}

/** A gateway waits 29 s for an answer. */
const MAX_TEST_MS = 20_000;

export function createWebhooks({ settings, secretBox, newUuid, clock, ...props }: WebhooksProps): Webhooks {
  const { allowedSchemes, allowsPrivateIps, timeoutMs } = settings;
  const guard = createGuard({ allowsPrivateIps, ...props });
  const send = createSend(guard, allowedSchemes);

  const openSecret = async ({ webhookId, sealedSecret }: Webhook) =>
    sealedSecret === undefined ? undefined : secretBox.open(sealedSecret, webhookId);

  const sendExample = async (webhook: Webhook, event: WebhookEvent) => {
    const { body } = exampleMessage(event, clock());
    const secret = await openSecret(webhook);
    const headers = deliveryHeaders({ deliveryId: newUuid(), secret, body, now: clock() });
    return send({ url: webhook.url, headers, body, timeoutMs: Math.min(timeoutMs, MAX_TEST_MS) });
  };

  return {
    newWebhookId: newUuid,
    checkUrl: async (url) => {
      const { host, written } = hostOfWebhook(url, allowedSchemes);
      const refused = await guard.findRefused(host).catch((error: Error) => {
        throw invalidParameter(`Cannot resolve Webhook URL hostname ${pythonRepr(written)}: ${error.message}`, error);
      });
      if (refused !== undefined) throw notPublic(written, refused);
    },
    sealSecret: (webhookId, secret) => secretBox.seal(secret, webhookId),
    openSecret,
    send,
    test: async (webhook, event) => {
      try {
        const { status, body } = await sendExample(webhook, event);
        return { isSuccess: isAccepted(status), responseStatus: status, responseBody: body, errorMessage: undefined };
      } catch (error) {
        const reason = error instanceof Error ? `${error.name}(${pythonRepr(error.message)})` : String(error);
        return {
          isSuccess: false,
          responseStatus: undefined,
          responseBody: undefined,
          errorMessage: `Failed to test webhook: ${reason}`,
        };
      }
    },
  };
}
