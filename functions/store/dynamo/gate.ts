import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { RegisteredModel } from '../../domain/entities.ts';
import { changesBetween, type Promotion, promotionIdFor } from '../../domain/promotion/history.ts';
import { policiesOf, type ScopedPolicy } from '../../domain/promotion/policy.ts';
import { nameOfTarget } from '../../domain/promotion/target.ts';
import type { Placement, Situation, WantedPromotion } from '../promotion-store.ts';
import { defaultPolicyCodec, promotionCodec, promotionRequestCodec } from './codecs/promotion-codecs.ts';
import type { DocumentItems } from './document-item.ts';
import { createDocuments, type DocumentPlatform } from './documents.ts';
import {
  DEFAULT_POLICY_KEY,
  type Key,
  modelVersionKey,
  openRequestKey,
  promotionKey,
  promotionRequestKey,
  promotionsOfModel,
} from './keys.ts';
import type { RegistryReader } from './registry-reader.ts';
import { keyItem, keyOf } from './table.ts';

/** Holds changes of a model to what they were decided on. */
export interface Gate {
  /** Begins a try to change a model, which is asked for anew when it loses a race. */
  readonly begin: (model: RegisteredModel) => Promise<GatedTry>;
  /** The policies that hold for a model, and what a transaction checks so that they still do. */
  readonly policiesFor: (model: RegisteredModel) => Promise<Policies>;
  readonly findOpenRequest: Situation['findOpenRequest'];
  readonly listPromotions: (registeredModelId: string) => Promise<readonly Promotion[]>;
}

/** One try. */
export interface GatedTry {
  readonly situation: Situation;
  /** The model that is decided on, which counts what is then kept in its history. */
  readonly counted: (after: RegisteredModel) => RegisteredModel;
  /** What goes into the transaction that changes the model: what was looked at stays, and what is decided is kept. */
  readonly writesFor: (after: RegisteredModel, placement: Omit<Placement, 'model'>) => Promise<Writes>;
  /** Tidies up; to be called when the try has taken effect or lost. */
  readonly end: (isDone: boolean) => Promise<void>;
}

interface Policies {
  readonly policies: readonly ScopedPolicy[];
  readonly check: TransactWriteItem;
}

type Writes = readonly TransactWriteItem[];

/** A document that was looked at; version undefined for none. */
interface Looked {
  readonly key: Key;
  readonly version: number | undefined;
  readonly isSpilled: boolean;
  readonly writeIds: readonly string[];
}

const FIRST = { version: 1, replaces: undefined } as const;

/**
 * The gate of the registry. Two people promote, or one does while another takes an approval back or tightens the policy:
 *
 * | reader of A | writer B | transaction of A |
 * | reads model, policies, version, request | | |
 * | decides | changes the request | |
 * | | | is refused, as the request is no longer at the version that A read: A decides anew |
 */
export function createGate(platform: DocumentPlatform, reader: RegistryReader): Gate {
  const { table } = platform;
  const defaults = createDocuments(defaultPolicyCodec, platform);
  const requests = createDocuments(promotionRequestCodec, platform);
  const promotions = createDocuments(promotionCodec, platform);

  const listPromotions = async (registeredModelId: string) => {
    const found = await promotions.assemble(await table.query(promotionsOfModel(registeredModelId)));
    return found.toSorted((a, b) => (a.promotionId < b.promotionId ? -1 : 1));
  };

  const checkThat = ({ key, version }: Looked): TransactWriteItem => ({
    ConditionCheck: { TableName: table.name, Key: keyItem(key), ...isStill(version) },
  });

  const policiesFor = async (model: RegisteredModel): Promise<Policies> => {
    const stored = await defaults.findStored(DEFAULT_POLICY_KEY);
    const looked = { key: DEFAULT_POLICY_KEY, version: stored?.version, isSpilled: false, writeIds: [] };
    return { policies: policiesOf(model, stored?.value.policy), check: checkThat(looked) };
  };

  const findStoredRequest = async (wanted: WantedPromotion) => {
    const claim = await table.get(openRequestKey(wanted, nameOfTarget(wanted.target)));
    const key = claim && promotionRequestKey(claim.id?.S ?? '');
    if (!key) return undefined;
    const stored = await requests.findStored(key);
    return stored?.value.state === 'OPEN' ? { key, stored } : undefined;
  };

  const begin = async (model: RegisteredModel): Promise<GatedTry> => {
    const { policies, check } = await policiesFor(model);
    const { registeredModelId } = model;
    const versions = new Map<number, Looked>();
    let request: Looked | undefined;
    let parts: readonly Key[] = [];

    const putAll = async (items: readonly DocumentItems[]) => {
      const puts = items.flatMap((item) => item.parts);
      parts = puts.map(keyOf);
      if (puts.length > 0) await table.writeMany(puts, []);
    };

    const endRequest = (ended: Placement['ends']) => {
      if (!ended || !request) return undefined;
      const { key, version = 0, writeIds } = request;
      return requests.layOut(key, ended, { ...FIRST, version: version + 1, earlierWriteIds: writeIds });
    };

    const situation: Situation = {
      model,
      policies,
      findVersion: async (versionNumber) => {
        const key = modelVersionKey(registeredModelId, versionNumber);
        const stored = await reader.versions.findStored(key);
        versions.set(versionNumber, { key, version: stored?.version, isSpilled: false, writeIds: [] });
        return stored?.value;
      },
      findOpenRequest: async (wanted) => {
        const found = await findStoredRequest(wanted);
        if (!found) return undefined;
        const { version, isSpilled, writeIds, value } = found.stored;
        request = { key: found.key, version, isSpilled, writeIds };
        return value;
      },
      listPromotions: () => listPromotions(registeredModelId),
    };

    /** The line of the history that a change comes to, if it does. */
    const historyOf = (after: RegisteredModel, { ends, record }: Omit<Placement, 'model'>) => {
      const changes = changesBetween(model, after, policies);
      if (changes.length === 0) return undefined;
      const promotionId = promotionIdFor(after.promotionCount ?? 0);
      const kept: Promotion = { promotionId, registeredModelId, ...record, requestId: ends?.requestId, changes };
      return promotions.layOut(promotionKey(registeredModelId, promotionId), kept, FIRST);
    };

    return {
      situation,
      counted: (after) =>
        changesBetween(model, after, policies).length === 0
          ? after
          : { ...after, promotionCount: (model.promotionCount ?? 0) + 1 },
      writesFor: async (after, placement) => {
        const { ends } = placement;
        const history = historyOf(after, placement);
        const ending = endRequest(ends);
        await putAll([history, ending].filter((items) => items !== undefined));
        const put = { TableName: table.name };
        return [
          check,
          ...[...versions.values()].map(checkThat),
          ...(history ? [{ Put: { ...put, Item: { ...history.main } } }] : []),
          ...(request && !ending ? [checkThat(request)] : []),
          ...(ending ? [{ Put: { ...put, Item: { ...ending.main }, ...isStill(request?.version) } }] : []),
          ...(ends ? [{ Delete: { ...put, Key: keyItem(openRequestKey(ends, nameOfTarget(ends.target))) } }] : []),
        ];
      },
      end: async (isDone) => {
        if (!isDone && parts.length > 0) await table.writeMany([], parts);
        if (isDone && request?.isSpilled) await requests.sweepGone(request.key, request.version ?? 0);
      },
    };
  };

  return {
    begin,
    policiesFor,
    findOpenRequest: async (wanted) => (await findStoredRequest(wanted))?.stored.value,
    listPromotions,
  };
}

/** That a document is at a version, or is not there. */
const isStill = (version: number | undefined) =>
  version === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': { N: String(version) } } };
