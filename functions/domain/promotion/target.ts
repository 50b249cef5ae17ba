import type { RegisteredModel } from '../entities.ts';
import { invalidParameter } from '../errors.ts';
import { validateAlias, validateAliasNotReserved } from '../model-alias.ts';
import { canonicalStage } from '../model-stage.ts';
import { withTransition } from '../model-version.ts';
import { versionsInStage, withMark } from '../version-stages.ts';

/** The stages that a gate may stand before: the other two only take versions out of use. */
export const GATED_STAGES = ['Staging', 'Production'] as const;

export type GatedStage = (typeof GATED_STAGES)[number];

/** What a version may be promoted into. */
export type PromotionTarget =
  | { readonly kind: 'stage'; readonly stage: GatedStage }
  | { readonly kind: 'alias'; readonly alias: string };

/** What a target is called in messages. */
export const nameOfTarget = (target: PromotionTarget): string =>
  target.kind === 'stage' ? `stage '${target.stage}'` : `alias '${target.alias}'`;

export const isSameTarget = (a: PromotionTarget, b: PromotionTarget): boolean => nameOfTarget(a) === nameOfTarget(b);

/** A stage that a gate may stand before, in any case. Throws INVALID_PARAMETER_VALUE for another one. */
export function parseGatedStage(text: string): GatedStage {
  const stage = findGatedStage(text);
  if (stage) return stage;
  throw invalidParameter(
    `Nothing is promoted into stage '${text}'. Stages with a gate are ${GATED_STAGES.join(', ')}.`,
  );
}

/** The same; undefined for a stage that no gate may stand before. Throws for what is no stage at all. */
export function findGatedStage(text: string): GatedStage | undefined {
  const canonical = canonicalStage(text);
  return GATED_STAGES.find((stage) => stage === canonical);
}

/** The target that a request names, by a stage or by an alias. Throws INVALID_PARAMETER_VALUE for none, for both, and for bad names. */
export function parseTarget(stage = '', alias = ''): PromotionTarget {
  if ((stage === '') === (alias === '')) throw invalidParameter("Name one target: a 'stage' or an 'alias'.");
  if (stage !== '') return { kind: 'stage', stage: parseGatedStage(stage) };
  validateAlias(alias);
  validateAliasNotReserved(alias);
  return { kind: 'alias', alias };
}

/** The versions that hold a target, rising. */
export function holdersOf(model: Pick<RegisteredModel, 'stages' | 'aliases'>, target: PromotionTarget) {
  if (target.kind === 'stage') return versionsInStage(model.stages, target.stage);
  const versionNumber = model.aliases.get(target.alias);
  return versionNumber === undefined ? [] : [versionNumber];
}

/** How a version comes into a target. */
interface Entrance {
  readonly versionNumber: number;
  /** Whether the stage's other versions make room for it; an alias has one version anyway. */
  readonly archivesOthers: boolean;
  readonly now: number;
}

/** The model with a version in a target, as MLflow's own calls put it there. */
export function withEntrance(model: RegisteredModel, target: PromotionTarget, entrance: Entrance): RegisteredModel {
  const { versionNumber } = entrance;
  if (target.kind === 'stage') return withTransition(model, { ...entrance, stage: target.stage });
  return { ...model, aliases: new Map(model.aliases).set(target.alias, versionNumber) };
}

/** The model with exactly these versions in a target: those of a stage that are not among them are archived. */
export function withHolders(
  model: RegisteredModel,
  target: PromotionTarget,
  versionNumbers: readonly number[],
  now: number,
): RegisteredModel {
  if (target.kind === 'alias') {
    const aliases = new Map(model.aliases);
    for (const versionNumber of versionNumbers) aliases.set(target.alias, versionNumber);
    return { ...model, aliases };
  }
  const before = holdersOf(model, target);
  const leaving = before.filter((number) => !versionNumbers.includes(number));
  const coming = versionNumbers.filter((number) => !before.includes(number));
  const changed = [...leaving, ...coming].map((number) => [number, now] as const);
  return {
    ...model,
    lastUpdateTime: now,
    stages: withMark(withMark(model.stages, leaving, 'Archived'), coming, target.stage),
    stageTimes: new Map([...model.stageTimes, ...changed]),
  };
}
