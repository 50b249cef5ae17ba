import type { Page } from './experiments.ts';
import { type PromotionTarget, readTarget, type WireTarget, wireTarget } from './promotion-target.ts';
import { getTracklet, postTracklet } from './request.ts';

/** A demand of a gate, met or not, in words. */
export interface Demand {
  readonly isMet: boolean;
  readonly message: string;
  /** Whether the policy of all models demands it. */
  readonly isOfAllModels: boolean;
}

export type Verdict = 'APPROVE' | 'REFUSE' | 'ABSTAIN';

/** What somebody said of a request; `timestamp` in ms since the epoch. */
export interface Review {
  readonly reviewer: string;
  readonly verdict: Verdict;
  readonly comment: string;
  readonly timestamp: number;
}

export type RequestState = 'OPEN' | 'PROMOTED' | 'WITHDRAWN';

/** That somebody asks for a version to be promoted; times in ms since the epoch. */
export interface PromotionRequest {
  readonly requestId: string;
  readonly name: string;
  readonly version: string;
  readonly target: PromotionTarget;
  readonly archivesOthers: boolean;
  readonly comment: string;
  /** Empty on a server without users. */
  readonly requester: string;
  readonly creationTime: number;
  readonly state: RequestState;
  readonly reviews: readonly Review[];
  readonly decision: Decision | undefined;
}

/** How a request ended. */
export interface Decision {
  readonly by?: string;
  readonly comment: string;
  readonly timestamp: number;
}

/** What a gate says of a version. */
export interface GateCheck {
  readonly isGated: boolean;
  readonly holdsTarget: boolean;
  readonly mayEnter: boolean;
  readonly demands: readonly Demand[];
  readonly request: PromotionRequest | undefined;
}

/** What changed at one target: numbers of versions. */
export interface HolderChange {
  readonly target: PromotionTarget;
  readonly entered: readonly string[];
  readonly left: readonly string[];
}

/** A line of the history of a model. */
export interface Promotion {
  readonly promotionId: string;
  readonly kind: 'request' | 'direct' | 'rollback';
  /** Empty on a server without users. */
  readonly by: string;
  readonly timestamp: number;
  readonly comment: string;
  /** What a rollback undid: of a promotion, what it changed at one target. */
  readonly undoes: { readonly promotionId: string; readonly target: PromotionTarget } | undefined;
  readonly changes: readonly HolderChange[];
}

interface WireRequest extends WireTarget {
  readonly request_id: string;
  readonly name: string;
  readonly version: string;
  readonly archive_existing_versions: boolean;
  readonly comment: string;
  readonly requester?: string;
  readonly creation_timestamp: number;
  readonly state: RequestState;
  readonly reviews: readonly Review[];
  readonly decision?: Decision;
}

interface WireCheck {
  readonly is_gated: boolean;
  readonly holds_target: boolean;
  readonly may_enter: boolean;
  readonly demands: readonly {
    readonly met: boolean;
    readonly message: string;
    readonly policy: 'default' | 'model';
  }[];
  readonly request?: WireRequest;
}

interface WirePromotion extends Pick<Promotion, 'kind' | 'timestamp' | 'comment'> {
  readonly promotion_id: string;
  readonly by?: string;
  readonly undoes?: string;
  readonly undoes_at?: WireTarget;
  readonly changes: readonly (WireTarget & Pick<HolderChange, 'entered' | 'left'>)[];
}

const ROOT = 'promotions';

/** What the gate before a target says of a version. */
export async function checkPromotion(
  version: { readonly name: string; readonly version: string },
  target: PromotionTarget,
  signal?: AbortSignal,
): Promise<GateCheck> {
  const fields = { name: version.name, version: version.version, ...wireTarget(target) };
  const wire = await getTracklet<WireCheck>(`${ROOT}/check`, fields, { signal });
  return {
    isGated: wire.is_gated,
    holdsTarget: wire.holds_target,
    mayEnter: wire.may_enter,
    demands: wire.demands.map(({ met, message, policy }) => ({
      isMet: met,
      message,
      isOfAllModels: policy === 'default',
    })),
    request: wire.request && readRequest(wire.request),
  };
}

/** Which requests are wanted; all of every model when nothing is said. */
export interface RequestSearch {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly state?: RequestState | undefined;
}

/** A page of the requests that one may read, the newest first. */
export async function searchRequests(
  search: RequestSearch,
  page: { readonly size: number; readonly token: string | undefined },
  signal?: AbortSignal,
): Promise<Page<PromotionRequest>> {
  const answer = await getTracklet<{ requests?: readonly WireRequest[]; next_page_token?: string }>(
    `${ROOT}/requests`,
    { ...search, max_results: page.size, page_token: page.token },
    { signal },
  );
  return { items: (answer.requests ?? []).map(readRequest), nextPageToken: answer.next_page_token || undefined };
}

/** What somebody asks for. */
export interface NewRequest {
  readonly name: string;
  readonly version: string;
  readonly target: PromotionTarget;
  readonly archivesOthers: boolean;
  readonly comment: string;
}

export const createRequest = ({ name, version, target, archivesOthers, comment }: NewRequest): Promise<object> =>
  postTracklet(`${ROOT}/requests`, {
    name,
    version,
    ...wireTarget(target),
    archive_existing_versions: archivesOthers,
    comment,
  });

export const reviewRequest = (requestId: string, verdict: Verdict, comment: string): Promise<object> =>
  postTracklet(`${ROOT}/requests/${encodeURIComponent(requestId)}/review`, { verdict, comment });

export const promoteRequest = (requestId: string, comment: string): Promise<object> =>
  postTracklet(`${ROOT}/requests/${encodeURIComponent(requestId)}/promote`, { comment });

export const withdrawRequest = (requestId: string, comment: string): Promise<object> =>
  postTracklet(`${ROOT}/requests/${encodeURIComponent(requestId)}/withdraw`, { comment });

/** A page of what changed at the targets of a model, the newest first. */
export async function searchPromotions(
  name: string,
  page: { readonly size: number; readonly token: string | undefined },
  signal?: AbortSignal,
): Promise<Page<Promotion>> {
  const answer = await getTracklet<{ promotions?: readonly WirePromotion[]; next_page_token?: string }>(
    `${ROOT}/history`,
    { name, max_results: page.size, page_token: page.token },
    { signal },
  );
  return { items: (answer.promotions ?? []).map(readPromotion), nextPageToken: answer.next_page_token || undefined };
}

/** What is to be put back. */
export interface Rollback {
  readonly name: string;
  readonly target: PromotionTarget;
  /** Nothing is done when another version holds the target by now. */
  readonly expectedVersion: string;
  readonly comment: string;
}

/** Puts back what held a target before its last change, and tells which versions hold it now. */
export async function rollBack({ name, target, expectedVersion, comment }: Rollback): Promise<readonly string[]> {
  const fields = { name, ...wireTarget(target), expected_version: expectedVersion, comment };
  return (await postTracklet<{ versions: readonly string[] }>(`${ROOT}/rollback`, fields)).versions;
}

const readRequest = (wire: WireRequest): PromotionRequest => ({
  requestId: wire.request_id,
  name: wire.name,
  version: wire.version,
  target: readTarget(wire),
  archivesOthers: wire.archive_existing_versions,
  comment: wire.comment,
  requester: wire.requester ?? '',
  creationTime: wire.creation_timestamp,
  state: wire.state,
  reviews: wire.reviews,
  decision: wire.decision,
});

const readPromotion = (wire: WirePromotion): Promotion => ({
  promotionId: wire.promotion_id,
  kind: wire.kind,
  by: wire.by ?? '',
  timestamp: wire.timestamp,
  comment: wire.comment,
  undoes: wire.undoes && wire.undoes_at ? { promotionId: wire.undoes, target: readTarget(wire.undoes_at) } : undefined,
  changes: wire.changes.map(({ entered, left, ...target }) => ({ target: readTarget(target), entered, left })),
});
