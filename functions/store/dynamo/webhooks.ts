import type { Webhook } from '../../domain/webhook.ts';
import type { WebhookStore } from '../webhook-store.ts';
import { webhookCodec } from './codecs/webhook-codec.ts';
import { createDocuments, type DocumentPlatform } from './documents.ts';
import { WEBHOOKS, webhookKey } from './keys.ts';
import { keepWhole, readWhole } from './whole-list.ts';

type WebhookVerbs = Pick<
  WebhookStore,
  'createWebhook' | 'findWebhook' | 'listWebhooks' | 'updateWebhook' | 'deleteWebhook'
>;

/** Beyond so many characters, about 20 MB, webhooks are read anew for each write that may concern them. */
const MAX_KEPT_CHARACTERS = 10_000_000;
/** What a webhook takes besides its texts. */
const CHARACTERS_BESIDE = 1000;

/** Webhooks: few, in one partition, for each write to the registry looks at all of them. */
export function createWebhookVerbs(platform: DocumentPlatform, isOnlyWriter: boolean): WebhookVerbs {
  const { table, inTurn } = platform;
  const webhooks = createDocuments(webhookCodec, platform);
  const reader = {
    readAll: async () => webhooks.assemble(await table.query(WEBHOOKS)),
    readOne: (id: string) => webhooks.find(webhookKey(id)),
    idOf: ({ webhookId }: Webhook) => webhookId,
  };
  const limit = {
    charactersOf: ({ url, description = '' }: Webhook) => CHARACTERS_BESIDE + url.length + description.length,
    maxCharacters: MAX_KEPT_CHARACTERS,
  };
  const list = isOnlyWriter ? keepWhole(reader, limit) : readWhole(reader);

  const writing = async <T>(webhookId: string, write: Promise<T>): Promise<T> => {
    try {
      return await write;
    } finally {
      list.touch(webhookId);
    }
  };

  const remove = async (webhookId: string): Promise<boolean> => {
    const stored = await webhooks.findStored(webhookKey(webhookId));
    if (!stored) return false;
    await table.writeMany([], [webhookKey(webhookId)]);
    if (stored.isSpilled) await webhooks.sweepGone(webhookKey(webhookId), Number.POSITIVE_INFINITY);
    return true;
  };

  return {
    createWebhook: (webhook) => writing(webhook.webhookId, webhooks.create(webhookKey(webhook.webhookId), webhook)),
    findWebhook: (webhookId) => webhooks.find(webhookKey(webhookId)),
    listWebhooks: list.list,
    updateWebhook: async (webhookId, change) => {
      const outcome = await writing(webhookId, webhooks.update(webhookKey(webhookId), change));
      return outcome === 'taken' ? undefined : outcome;
    },
    deleteWebhook: (webhookId) =>
      writing(
        webhookId,
        inTurn(webhookKey(webhookId), () => remove(webhookId)),
      ),
  };
}
