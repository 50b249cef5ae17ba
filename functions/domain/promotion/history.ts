import type { RegisteredModel } from '../entities.ts';
import { invalidParameter } from '../errors.ts';
import { stageOfVersion } from '../version-stages.ts';
import { rulesFor, type ScopedPolicy } from './policy.ts';
import { GATED_STAGES, holdersOf, isSameTarget, nameOfTarget, type PromotionTarget } from './target.ts';

/** What changed at one target. */
export interface HolderChange {
  readonly target: PromotionTarget;
  /** The versions that came to hold it, and those that no longer do. */
  readonly entered: readonly number[];
  readonly left: readonly number[];
  /** Whether a gate stood before it. */
  readonly isGated: boolean;
}

/** What a change was made by: a request's promotion, MLflow's own calls, or a rollback. */
export type PromotionKind = 'request' | 'direct' | 'rollback';

/** What a rollback undid: of a promotion, what it changed at one target. */
export interface Undone {
  readonly promotionId: string;
  readonly target: PromotionTarget;
}

/** That versions changed stages or aliases: who, when, from, to. Kept for ever. */
export interface Promotion {
  /** Sorts by the order in which the promotions of a model took effect. */
  readonly promotionId: string;
  readonly registeredModelId: string;
  readonly kind: PromotionKind;
  /** Undefined on a server without users. */
  readonly by: string | undefined;
  /** In ms since the epoch. */
  readonly time: number;
  readonly comment: string;
  /** The request that it decided. */
  readonly requestId: string | undefined;
  /** Of a rollback: what it undid. */
  readonly undoes: Undone | undefined;
  readonly changes: readonly HolderChange[];
}

const ID_DIGITS = 10;

/** The id of a model's n-th promotion. */
export const promotionIdFor = (count: number): string => String(count).padStart(ID_DIGITS, '0');

/** How what holds stages and aliases differs between two states of a model; empty when nothing does. */
export function changesBetween(
  before: RegisteredModel,
  after: RegisteredModel,
  policies: readonly ScopedPolicy[],
): readonly HolderChange[] {
  const stages = before.stages === after.stages ? [] : GATED_STAGES;
  const aliases = new Set([...before.aliases.keys(), ...after.aliases.keys()]);
  const targets: readonly PromotionTarget[] = [
    ...stages.map((stage) => ({ kind: 'stage', stage }) as const),
    ...[...aliases].map((alias) => ({ kind: 'alias', alias }) as const),
  ];
  return targets.flatMap((target) => {
    const [were, are] = [new Set(holdersOf(before, target)), new Set(holdersOf(after, target))];
    const entered = [...are].filter((number) => !were.has(number));
    const left = [...were].filter((number) => !are.has(number));
    const isGated = rulesFor(policies, target).length > 0;
    return entered.length + left.length === 0 ? [] : [{ target, entered, left, isGated }];
  });
}

const changeOf = ({ changes }: Promotion, target: PromotionTarget): HolderChange | undefined =>
  changes.find((change) => isSameTarget(change.target, target));

/** The changes of a target that still stand, in the order of time: a rollback takes away what it undid. */
function standingChanges(history: readonly Promotion[], target: PromotionTarget): readonly Promotion[] {
  const undoing = history.filter(({ undoes }) => undoes && isSameTarget(undoes.target, target));
  const undone = new Set(undoing.map(({ undoes }) => undoes?.promotionId));
  return history.filter(
    (promotion) => changeOf(promotion, target) && !undoing.includes(promotion) && !undone.has(promotion.promotionId),
  );
}

/** What a rollback comes to. */
export interface RollbackPlan {
  /** The versions that then hold the target. */
  readonly versionNumbers: readonly number[];
  /** What is undone; undefined when the version was named. */
  readonly undoes: Undone | undefined;
}

interface RollbackProps {
  readonly model: RegisteredModel;
  readonly target: PromotionTarget;
  /** Of the model, in the order of time. */
  readonly history: readonly Promotion[];
  /** The version that is wanted back; undefined for what held the target before. */
  readonly wanted: number | undefined;
}

/** What held a target before its last change, or the version that is named. Throws INVALID_PARAMETER_VALUE when it never did, or is gone. */
export function planRollback({ model, target, history, wanted }: RollbackProps): RollbackPlan {
  const isThere = (number: number) => stageOfVersion(model.stages, number) !== undefined;
  if (wanted !== undefined) {
    if (isThere(wanted) && hasHeld(history, target, wanted)) return { versionNumbers: [wanted], undoes: undefined };
    throw invalidParameter(`Version ${wanted} of registered model '${model.name}' never held ${nameOfTarget(target)}.`);
  }
  const last = standingChanges(history, target).at(-1);
  const change = last && changeOf(last, target);
  if (!change) throw invalidParameter(nothingBefore(model, target));
  const stay = holdersOf(model, target).filter((number) => !change.entered.includes(number));
  const versionNumbers = [...stay, ...change.left.filter(isThere)];
  if (versionNumbers.length > 0) return { versionNumbers, undoes: { promotionId: last.promotionId, target } };
  const gone = change.left.length === 0 ? '' : ` Version ${change.left.join(', ')}, which did, was deleted.`;
  throw invalidParameter(`${nothingBefore(model, target)}${gone}`);
}

const nothingBefore = ({ name }: RegisteredModel, target: PromotionTarget): string =>
  `No version of registered model '${name}' held ${nameOfTarget(target)} before: there is nothing to roll back to.`;

const hasHeld = (history: readonly Promotion[], target: PromotionTarget, versionNumber: number): boolean =>
  history.some((promotion) => involves(changeOf(promotion, target), versionNumber));

const involves = (change: HolderChange | undefined, versionNumber: number): boolean =>
  change !== undefined && (change.entered.includes(versionNumber) || change.left.includes(versionNumber));

/**
 * Whether a version may come back to a target without meeting the demands anew: it came through the gate, or held the
 * target while the gate stood there.
 */
export const hasPassed = (history: readonly Promotion[], target: PromotionTarget, versionNumber: number): boolean =>
  history.some((promotion) => {
    const change = changeOf(promotion, target);
    return change?.isGated === true && involves(change, versionNumber);
  });
