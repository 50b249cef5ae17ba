import type { RegisteredModel } from '../entities.ts';
import { invalidParameter } from '../errors.ts';
import {
  MAX_APPROVALS,
  MAX_APPROVERS,
  MAX_GATED_ALIASES,
  MAX_KEY_LENGTH,
  MAX_POLICY_RULES,
  MAX_POLICY_TAG_VALUE_LENGTH,
  MAX_RULE_DEMANDS,
} from '../limits.ts';
import { validateAlias, validateAliasNotReserved } from '../model-alias.ts';
import { validateLength } from '../names.ts';
import { MAX_USERNAME_LENGTH } from '../user.ts';
import { GATED_STAGES, type GatedStage, holdersOf, nameOfTarget, type PromotionTarget } from './target.ts';

/** How a metric is compared with what a rule wants, each with its number on the wire. */
export const COMPARATORS = { '>': 1, '>=': 2, '<': 3, '<=': 4, '==': 5, '!=': 6 } as const;

export type Comparator = keyof typeof COMPARATORS;

/** That the last value of a metric of the version's run compares so. */
export interface MetricDemand {
  readonly key: string;
  readonly comparator: Comparator;
  readonly value: number;
}

/** That the version has a tag, with this value if one is given. */
export interface TagDemand {
  readonly key: string;
  readonly value: string | undefined;
}

/** That so many approve who are neither the version's author nor ask for its promotion. */
export interface ApprovalDemand {
  readonly count: number;
  /** Who may approve, by name and by role; whoever may edit the model when both are empty. */
  readonly users: readonly string[];
  readonly roles: readonly string[];
}

/** What a version needs before it may enter some targets. */
export interface PromotionRule {
  readonly stages: readonly GatedStage[];
  readonly aliases: readonly string[];
  readonly metrics: readonly MetricDemand[];
  readonly tags: readonly TagDemand[];
  readonly needsSignature: boolean;
  readonly needsDescription: boolean;
  readonly approvals: ApprovalDemand | undefined;
}

/** The rules of a model, or of all models. */
export interface PromotionPolicy {
  readonly rules: readonly PromotionRule[];
  /** Aliases whose versions cannot be deleted, besides those that rules name. */
  readonly protectedAliases: readonly string[];
  /** Undefined on a server without users. */
  readonly setBy: string | undefined;
  /** In ms since the epoch. */
  readonly setTime: number;
}

/** Whose policy it is: every model's, or one model's own. */
export type PolicyScope = 'default' | 'model';

export interface ScopedPolicy {
  readonly scope: PolicyScope;
  readonly policy: PromotionPolicy;
}

/** A rule, and whose it is. */
export interface ScopedRule {
  readonly scope: PolicyScope;
  readonly rule: PromotionRule;
}

/** Whether a policy says anything at all. */
export const isInForce = ({ rules, protectedAliases }: PromotionPolicy): boolean =>
  rules.length > 0 || protectedAliases.length > 0;

/** The policies that hold for a model: a model's own adds to the default, and takes nothing away from it. */
export const policiesOf = (
  { policy: own }: Pick<RegisteredModel, 'policy'>,
  byDefault: PromotionPolicy | undefined,
): readonly ScopedPolicy[] => [
  ...(byDefault && isInForce(byDefault) ? [{ scope: 'default' as const, policy: byDefault }] : []),
  ...(own ? [{ scope: 'model' as const, policy: own }] : []),
];

const covers = ({ stages, aliases }: PromotionRule, target: PromotionTarget): boolean =>
  target.kind === 'stage' ? stages.includes(target.stage) : aliases.includes(target.alias);

/** The rules that a version is held to that is to enter a target. */
export const rulesFor = (policies: readonly ScopedPolicy[], target: PromotionTarget): readonly ScopedRule[] =>
  policies.flatMap(({ scope, policy }) =>
    policy.rules.filter((rule) => covers(rule, target)).map((rule) => ({ scope, rule })),
  );

/**
 * What of a model's versions keeps them from being deleted: with any policy in force a version that is staged or in
 * production, or that a protected alias names. Without one MLflow's own rule holds, by which all may be deleted.
 */
export function protectedTargets(policies: readonly ScopedPolicy[]): readonly PromotionTarget[] {
  if (policies.length === 0) return [];
  const aliases = policies.flatMap(({ policy: { rules, protectedAliases } }) => [
    ...rules.flatMap((rule) => rule.aliases),
    ...protectedAliases,
  ]);
  return [
    ...GATED_STAGES.map((stage) => ({ kind: 'stage', stage }) as const),
    ...[...new Set(aliases)].map((alias) => ({ kind: 'alias', alias }) as const),
  ];
}

/** What protects a version, or any version of the model, as `stage 'Production' (version 3)`. */
export const protectionsOf = (
  model: RegisteredModel,
  policies: readonly ScopedPolicy[],
  versionNumber?: number,
): readonly string[] =>
  protectedTargets(policies).flatMap((target) => {
    const [holder] = holdersOf(model, target).filter((number) => number === (versionNumber ?? number));
    return holder === undefined ? [] : [`${nameOfTarget(target)} (version ${holder})`];
  });

/** Throws INVALID_PARAMETER_VALUE for a policy that has too much of something, or rules that mean nothing. */
export function validatePolicy({ rules, protectedAliases }: PromotionPolicy): void {
  if (rules.length === 0 && protectedAliases.length === 0) {
    throw invalidParameter("A policy needs 'rules' or 'protected_aliases'. DELETE takes a policy away.");
  }
  checkCount('rules', rules, MAX_POLICY_RULES);
  validateAliases('protected_aliases', protectedAliases);
  rules.forEach((rule, at) => {
    validateRule(rule, `rules[${at}]`);
  });
}

function validateRule(rule: PromotionRule, path: string): void {
  const { stages, aliases, metrics, tags, needsSignature, needsDescription, approvals } = rule;
  if (stages.length + aliases.length === 0) throw invalidParameter(`${path} names no target: no stage and no alias.`);
  const asksForFiles = needsSignature || needsDescription;
  if (metrics.length + tags.length === 0 && !asksForFiles && !approvals) {
    throw invalidParameter(`${path} demands nothing.`);
  }
  validateAliases(`${path}.aliases`, aliases);
  checkCount(`${path}.metrics`, metrics, MAX_RULE_DEMANDS);
  checkCount(`${path}.tags`, tags, MAX_RULE_DEMANDS);
  metrics.forEach(({ key, value }, at) => {
    validateLength(`${path}.metrics[${at}].key`, key, MAX_KEY_LENGTH);
    if (!Number.isFinite(value)) throw invalidParameter(`${path}.metrics[${at}].value must be a finite number.`);
  });
  tags.forEach(({ key, value = '' }, at) => {
    validateLength(`${path}.tags[${at}].key`, key, MAX_KEY_LENGTH);
    validateLength(`${path}.tags[${at}].value`, value, MAX_POLICY_TAG_VALUE_LENGTH);
  });
  if (approvals) validateApprovals(approvals, `${path}.approvals`);
}

function validateApprovals({ count, users, roles }: ApprovalDemand, path: string): void {
  if (count < 1 || count > MAX_APPROVALS) {
    throw invalidParameter(`${path}.count must be between 1 and ${MAX_APPROVALS}. Received ${count}.`);
  }
  checkCount(`${path}.users`, users, MAX_APPROVERS);
  checkCount(`${path}.roles`, roles, MAX_APPROVERS);
  for (const name of [...users, ...roles]) validateLength(`${path}.users, roles`, name, MAX_USERNAME_LENGTH);
}

function validateAliases(path: string, aliases: readonly string[]): void {
  checkCount(path, aliases, MAX_GATED_ALIASES);
  for (const alias of aliases) {
    validateAlias(alias);
    validateAliasNotReserved(alias);
  }
}

function checkCount(path: string, items: readonly unknown[], most: number): void {
  if (items.length <= most) return;
  throw invalidParameter(`${path} can have ${most} items at most. Received ${items.length}.`);
}
