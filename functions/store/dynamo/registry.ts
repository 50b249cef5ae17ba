import type { PromotionStore } from '../promotion-store.ts';
import type { RegistryStore } from '../registry-store.ts';
import type { WebhookStore } from '../webhook-store.ts';
import { createDeliveryVerbs } from './deliveries.ts';
import type { DocumentPlatform } from './documents.ts';
import { createGate } from './gate.ts';
import type { DynamoStoreProps } from './index.ts';
import { createModelVersionVerbs } from './model-versions.ts';
import { createPromotionVerbs } from './promotions.ts';
import { createRegisteredModelVerbs } from './registered-models.ts';
import { createRegistryReader } from './registry-reader.ts';
import { createWebhookVerbs } from './webhooks.ts';

/** Opens the part of a store that is the registry. */
export type OpenRegistry = (
  platform: DocumentPlatform,
  props: DynamoStoreProps,
) => RegistryStore & PromotionStore & WebhookStore;

const MODEL_ID_DIGITS = 20;

/** The model registry, its gates, and the webhooks that hear of what happens there. */
export const openRegistry: OpenRegistry = (platform, props) => {
  const { isOnlyWriter, randomHex, newSortableId, hasEventBus = false, onQueued } = props;
  const reader = createRegistryReader(platform, isOnlyWriter);
  const webhooks = createWebhookVerbs(platform, isOnlyWriter);
  const { listWebhooks } = webhooks;
  const { outbox, verbs } = createDeliveryVerbs({ platform, listWebhooks, hasEventBus, newSortableId, onQueued });
  const gate = createGate(platform, reader);
  return {
    ...webhooks,
    ...verbs,
    ...createRegisteredModelVerbs({ platform, reader, gate, newModelId: () => randomHex(MODEL_ID_DIGITS), outbox }),
    ...createModelVersionVerbs({ platform, reader, gate, outbox }),
    ...createPromotionVerbs({ platform, reader, gate, outbox, newSortableId }),
  };
};
