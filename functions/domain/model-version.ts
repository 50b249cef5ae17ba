import { compareCodePoints } from './code-points.ts';
import type { ModelVersion, ModelVersionView, RegisteredModel } from './entities.ts';
import { doesNotExist, invalidParameter, type MlflowError } from './errors.ts';
import type { ModelStage } from './model-stage.ts';
import { isHiddenPrompt } from './prompt.ts';
import { pythonInteger } from './python-integer.ts';
import { stageOfVersion, versionsInStage, withMark, withNewVersion } from './version-stages.ts';

/**
 * The number that a version is named by, written as Python's int() reads it. Throws INVALID_PARAMETER_VALUE for what is
 * none (MLflow: _validate_model_version).
 */
export function parseVersionNumber(text: string): number {
  const versionNumber = pythonInteger(text);
  if (versionNumber !== undefined) return versionNumber;
  throw invalidParameter(`Parameter 'version' must be an integer, got '${text}'.`);
}

/** The error for a version that is not there, or no more. */
export const noSuchVersion = (name: string, versionNumber: number): MlflowError =>
  doesNotExist(`Model Version (name=${name}, version=${versionNumber}) not found`);

/** The version as a reader sees it; undefined when its model says that it is not there. */
export function viewOfVersion(model: RegisteredModel, version: ModelVersion): ModelVersionView | undefined {
  const stage = stageOfVersion(model.stages, version.versionNumber);
  return stage && { model, version, stage };
}

/** When a version was last changed: by itself, with its stage, or with its model's name. */
export const lastUpdateOf = ({ model, version }: ModelVersionView): number =>
  Math.max(version.lastUpdateTime, model.stageTimes.get(version.versionNumber) ?? 0, model.renameTime);

/** The aliases of a model with their version numbers, by name (MLflow: the primary key of registered_model_aliases). */
export const sortedAliases = ({ aliases }: RegisteredModel): readonly (readonly [string, number])[] =>
  [...aliases].toSorted(([a], [b]) => compareCodePoints(a, b));

/** The aliases that stand for a version, by name. */
export const aliasesOf = ({ model, version }: ModelVersionView): readonly string[] =>
  sortedAliases(model)
    .filter(([, number]) => number === version.versionNumber)
    .map(([alias]) => alias);

/** The model with one more version, whose number is the length of `stages`. */
export const withVersion = (model: RegisteredModel, { tags, now }: NewVersion): RegisteredModel => ({
  ...model,
  lastUpdateTime: now,
  stages: withNewVersion(model.stages),
  hasPrompts: model.hasPrompts || isHiddenPrompt(tags),
});

type NewVersion = Pick<ModelVersion, 'tags'> & { readonly now: number };

/** The model without a version, whose number stays used and whose aliases go with it (MLflow: delete_model_version). */
export function withoutVersion(model: RegisteredModel, versionNumber: number, now: number): RegisteredModel {
  const stageTimes = new Map(model.stageTimes);
  stageTimes.delete(versionNumber);
  return {
    ...model,
    lastUpdateTime: now,
    aliases: new Map([...model.aliases].filter(([, number]) => number !== versionNumber)),
    stages: withMark(model.stages, [versionNumber], 'deleted'),
    stageTimes,
  };
}

/** A change of a version's stage. */
interface Transition {
  readonly versionNumber: number;
  readonly stage: ModelStage;
  /** Whether the stage's other versions make room for it. */
  readonly archivesOthers: boolean;
  readonly now: number;
}

/** The model with a version in another stage (MLflow: transition_model_version_stage). */
export function withTransition(model: RegisteredModel, transition: Transition): RegisteredModel {
  const { versionNumber, stage, archivesOthers, now } = transition;
  const others = archivesOthers ? versionsInStage(model.stages, stage).filter((other) => other !== versionNumber) : [];
  const changed = [...others, versionNumber].map((number) => [number, now] as const);
  return {
    ...model,
    lastUpdateTime: now,
    stages: withMark(withMark(model.stages, others, 'Archived'), [versionNumber], stage),
    stageTimes: new Map([...model.stageTimes, ...changed]),
  };
}
