import type { Page } from './experiments.ts';
import { changeTracklet, getTracklet, postTracklet } from './request.ts';

/** The stages that a gate may stand before (docs/promotion.md). */
export const GATED_STAGES = ['Production', 'Staging'] as const;
export type GatedStage = (typeof GATED_STAGES)[number];

/** What a version may be promoted into. */
export type PromotionTarget =
  | { readonly kind: 'stage'; readonly stage: GatedStage }
  | { readonly kind: 'alias'; readonly alias: string };

export const COMPARATORS = ['>=', '>', '<=', '<', '==', '!='] as const;

export interface MetricDemand {
  readonly key: string;
  readonly comparator: (typeof COMPARATORS)[number];
  readonly value: number;
}

export interface ApprovalDemand {
  readonly count: number;
  readonly users: readonly string[];
  readonly roles: readonly string[];
}

/** What a version needs before it may enter some targets. */
export interface PromotionRule {
  readonly stages: readonly GatedStage[];
  readonly aliases: readonly string[];
  readonly metrics: readonly MetricDemand[];
  /** Without a value any will do. */
  readonly tags: readonly { readonly key: string; readonly value?: string | undefined }[];
  readonly needsSignature: boolean;
  readonly needsDescription: boolean;
  readonly approvals: ApprovalDemand | undefined;
}

/** The rules of a model, or of all models. */
export interface PromotionPolicy {
  readonly rules: readonly PromotionRule[];
  readonly protectedAliases: readonly string[];
  /** Empty on a server without users. */
  readonly setBy: string;
  /** In ms since the epoch. */
  readonly setTime: number;
}

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

interface WireTarget {
  readonly stage?: GatedStage;
  readonly alias?: string;
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

interface WireRule extends Pick<PromotionRule, 'stages' | 'aliases' | 'metrics' | 'tags'> {
  readonly needs_signature: boolean;
  readonly needs_description: boolean;
  readonly approvals?: ApprovalDemand;
}

interface WirePolicy {
  readonly rules: readonly WireRule[];
  readonly protected_aliases: readonly string[];
  readonly set_by?: string;
  readonly last_updated_timestamp: number;
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

/** The policies that hold for a model. */
export interface Policies {
  /** Its own; undefined when it has none, or no model was named. */
  readonly own: PromotionPolicy | undefined;
  /** That of all models. */
  readonly ofAll: PromotionPolicy | undefined;
}

/** The policy of all models, and the own one of a model where one is named. */
export async function findPolicies(name: string | undefined, signal?: AbortSignal): Promise<Policies> {
  const { default_policy: ofAll, policies = [] } = await getTracklet<{
    readonly default_policy?: WirePolicy;
    readonly policies?: readonly WirePolicy[];
  }>(`${ROOT}/policies`, { name, max_results: 1 }, { signal });
  const own = name === undefined ? undefined : policies[0];
  return { own: own && readPolicy(own), ofAll: ofAll && readPolicy(ofAll) };
}

export const setPolicy = (
  name: string | undefined,
  { rules, protectedAliases }: Pick<PromotionPolicy, 'rules' | 'protectedAliases'>,
): Promise<object> =>
  postTracklet(`${ROOT}/policy`, {
    name,
    rules: rules.map(({ needsSignature, needsDescription, ...rule }) => ({
      ...rule,
      needs_signature: needsSignature,
      needs_description: needsDescription,
    })),
    protected_aliases: protectedAliases,
  });

export const deletePolicy = (name: string | undefined): Promise<object> =>
  changeTracklet('DELETE', `${ROOT}/policy`, { name });

const wireTarget = (target: PromotionTarget): WireTarget =>
  target.kind === 'stage' ? { stage: target.stage } : { alias: target.alias };

const readTarget = ({ stage, alias = '' }: WireTarget): PromotionTarget =>
  stage === undefined ? { kind: 'alias', alias } : { kind: 'stage', stage };

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

const readPolicy = (wire: WirePolicy): PromotionPolicy => ({
  rules: wire.rules.map(({ needs_signature: needsSignature, needs_description: needsDescription, ...rule }) => ({
    stages: rule.stages,
    aliases: rule.aliases,
    metrics: rule.metrics.map(({ value, ...rest }) => ({ ...rest, value: Number(value) })),
    tags: rule.tags,
    needsSignature,
    needsDescription,
    approvals: rule.approvals,
  })),
  protectedAliases: wire.protected_aliases,
  setBy: wire.set_by ?? '',
  setTime: wire.last_updated_timestamp,
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
