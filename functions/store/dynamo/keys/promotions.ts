import { HEX_DIGITS, hashOf, type Key, type KeyPrefix } from './key.ts';
import type { VersionPlace } from './registry.ts';

export const DEFAULT_POLICY_KEY: Key = { pk: 'POLICIES', sk: 'default' };

const promotionsPartition = (shard: string): string => `PROMOTIONS#${shard}`;

/** The kinds of items that promotions leave. */
const [REQUEST, CLAIM, HISTORY] = ['R', 'O', 'H'];

/** The promotion requests of all models. */
export const PROMOTION_REQUESTS: readonly KeyPrefix[] = HEX_DIGITS.map((shard) => ({
  pk: promotionsPartition(shard),
  skPrefix: `${REQUEST}#`,
}));

const promotionsPrefix = (kind: string | undefined, registeredModelId: string): KeyPrefix => ({
  pk: promotionsPartition(registeredModelId.charAt(0)),
  skPrefix: `${kind}#${registeredModelId}#`,
});

/** The promotion requests of a model. */
export const requestsOfModel = (registeredModelId: string): KeyPrefix => promotionsPrefix(REQUEST, registeredModelId);

/** The promotions of a model. */
export const promotionsOfModel = (registeredModelId: string): KeyPrefix => promotionsPrefix(HISTORY, registeredModelId);

const below = ({ pk, skPrefix }: KeyPrefix, end: string): Key => ({ pk, sk: skPrefix + end });

export const promotionKey = (registeredModelId: string, promotionId: string): Key =>
  below(promotionsOfModel(registeredModelId), promotionId);

const REQUEST_ID = /^([0-9a-f]{20})-([0-9a-f]{32})$/;

/** The id of a promotion request tells its model, so that it is one read away. */
export const requestIdFor = (registeredModelId: string, sortableId: string): string =>
  `${registeredModelId}-${sortableId}`;

/** Where a promotion request lies; undefined for an id that Tracklet never made. */
export function promotionRequestKey(requestId: string): Key | undefined {
  const [, registeredModelId = '', sortableId = ''] = REQUEST_ID.exec(requestId) ?? [];
  return sortableId === '' ? undefined : below(requestsOfModel(registeredModelId), sortableId);
}

/** What keeps a version from being asked for twice. A target may have a long name: its hash stands for it. */
export const openRequestKey = ({ registeredModelId, versionNumber }: VersionPlace, targetName: string): Key =>
  below(promotionsPrefix(CLAIM, registeredModelId), `${versionNumber}#${hashOf(targetName)}`);
