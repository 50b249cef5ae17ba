import type { GatedStage } from './promotion-target.ts';
import { changeTracklet, getTracklet, postTracklet } from './request.ts';

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
  }>('promotions/policies', { name, max_results: 1 }, { signal });
  const own = name === undefined ? undefined : policies[0];
  return { own: own && readPolicy(own), ofAll: ofAll && readPolicy(ofAll) };
}

export const setPolicy = (
  name: string | undefined,
  { rules, protectedAliases }: Pick<PromotionPolicy, 'rules' | 'protectedAliases'>,
): Promise<object> =>
  postTracklet('promotions/policy', {
    name,
    rules: rules.map(({ needsSignature, needsDescription, ...rule }) => ({
      ...rule,
      needs_signature: needsSignature,
      needs_description: needsDescription,
    })),
    protected_aliases: protectedAliases,
  });

export const deletePolicy = (name: string | undefined): Promise<object> =>
  changeTracklet('DELETE', 'promotions/policy', { name });

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
