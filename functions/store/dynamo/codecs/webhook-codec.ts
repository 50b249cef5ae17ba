import type { Webhook } from '../../../domain/webhook.ts';
import type { DocumentCodec } from '../documents.ts';

export const webhookCodec: DocumentCodec<Webhook> = {
  encode: (webhook) => JSON.stringify(webhook),
  decode: (json) => {
    // The table holds what encode wrote.
    const stored = JSON.parse(json) as Webhook;
    return { ...stored, description: stored.description, sealedSecret: stored.sealedSecret };
  },
  extra: () => ({}),
};
