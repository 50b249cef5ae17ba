import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { RegisteredModel } from '../../domain/entities.ts';
import type { PromotionRequest } from '../../domain/promotion/request.ts';
import { nameOfTarget } from '../../domain/promotion/target.ts';
import type { Placement, PromotionStore } from '../promotion-store.ts';
import { defaultPolicyCodec, promotionRequestCodec } from './codecs/promotion-codecs.ts';
import type { Outbox } from './deliveries.ts';
import { createDocuments, type DocumentPlatform } from './documents.ts';
import type { Gate, GatedTry } from './gate.ts';
import {
  DEFAULT_POLICY_KEY,
  openRequestKey,
  PROMOTION_REQUESTS,
  promotionRequestKey,
  registeredModelKey,
  requestIdFor,
  requestsOfModel,
} from './keys.ts';
import type { RegistryReader } from './registry-reader.ts';
import { keyItem } from './table.ts';

interface PromotionVerbsProps {
  readonly platform: DocumentPlatform;
  readonly reader: RegistryReader;
  readonly gate: Gate;
  readonly outbox: Outbox;
  readonly newSortableId: () => string;
}

/** Policies, requests, and the promotions that come of them. A model's own policy stands in its document. */
export function createPromotionVerbs(props: PromotionVerbsProps): PromotionStore {
  const { platform, reader, gate, outbox, newSortableId } = props;
  const { table, retry } = platform;
  const { models, modelList, findModelId } = reader;
  const defaults = createDocuments(defaultPolicyCodec, platform);
  const requests = createDocuments(promotionRequestCodec, platform);

  const claimKey = (request: PromotionRequest) => openRequestKey(request, nameOfTarget(request.target));

  const claim = (request: PromotionRequest): TransactWriteItem => ({
    Put: {
      TableName: table.name,
      Item: { ...keyItem(claimKey(request)), id: { S: request.requestId } },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  });

  const release = (request: PromotionRequest): TransactWriteItem => ({
    Delete: { TableName: table.name, Key: keyItem(claimKey(request)) },
  });

  const place: PromotionStore['placeVersions'] = async (name, decide, announce) => {
    const telling = outbox.tell(announce);
    const outcome = await retry<RegisteredModel | undefined>(async () => {
      const registeredModelId = await findModelId(name);
      if (registeredModelId === undefined) return { done: undefined };
      let tried: GatedTry | undefined;
      let placement: Placement | undefined;
      const begin = async (model: RegisteredModel): Promise<RegisteredModel> => {
        await tried?.end(false);
        telling.begin();
        tried = undefined;
        placement = undefined;
        if (model.name !== name) return model;
        tried = await gate.begin(model);
        placement = await decide(tried.situation);
        return tried.counted(placement.model);
      };
      const writesFor = async (_: RegisteredModel, after: RegisteredModel) => {
        const own = tried && placement ? await tried.writesFor(after, placement) : [];
        return [...own, ...(await telling.writesFor(after))];
      };
      try {
        const model = await models.update(registeredModelKey(registeredModelId), begin, writesFor);
        // Renamed or deleted meanwhile, or something that was looked at has changed.
        const isDone = model !== undefined && model !== 'taken' && placement !== undefined;
        await tried?.end(isDone);
        return isDone ? { done: model } : 'again';
      } finally {
        modelList.touch(registeredModelId);
      }
    });
    if (outcome) await telling.end(outcome);
    return outcome;
  };

  return {
    findDefaultPolicy: async () => (await defaults.find(DEFAULT_POLICY_KEY))?.policy,
    setDefaultPolicy: async (policy) => {
      const isUpdated = async () => (await defaults.update(DEFAULT_POLICY_KEY, () => ({ policy }))) !== undefined;
      if (await isUpdated()) return;
      await defaults.createIfAbsent(DEFAULT_POLICY_KEY, {});
      await isUpdated();
    },
    createPromotionRequest: async (fresh) => {
      const requestId = requestIdFor(fresh.registeredModelId, newSortableId());
      const request: PromotionRequest = { ...fresh, requestId, reviews: [], state: 'OPEN', decision: undefined };
      const key = promotionRequestKey(requestId);
      if (!key) throw new Error(`a promotion request got an id that is none: ${requestId}`);
      return (await requests.createIfAbsent(key, request, [claim(request)])) ? request : undefined;
    },
    findPromotionRequest: async (requestId) => {
      const key = promotionRequestKey(requestId);
      return key && requests.find(key);
    },
    findModelById: (registeredModelId) => models.find(registeredModelKey(registeredModelId)),
    findOpenRequest: gate.findOpenRequest,
    listPromotionRequests: async (registeredModelId) => {
      const prefixes = registeredModelId === undefined ? PROMOTION_REQUESTS : [requestsOfModel(registeredModelId)];
      return requests.assemble((await Promise.all(prefixes.map(table.query))).flat());
    },
    updatePromotionRequest: async (requestId, change) => {
      const key = promotionRequestKey(requestId);
      const isEnded = ({ state }: PromotionRequest) => state !== 'OPEN';
      const outcome =
        key && (await requests.update(key, change, (_, after) => (isEnded(after) ? [release(after)] : [])));
      return outcome === 'taken' ? undefined : outcome;
    },
    listPromotions: gate.listPromotions,
    placeVersions: place,
  };
}
