import { invalidParameter } from './errors.ts';

/** The stages of model versions, in MLflow's order (MLflow: entities/model_registry/model_version_stages.py). */
export const MODEL_STAGES = ['None', 'Staging', 'Production', 'Archived'] as const;

export type ModelStage = (typeof MODEL_STAGES)[number];

/** The stages whose versions make room for another one. */
const ACTIVE_STAGES: readonly ModelStage[] = ['Staging', 'Production'];

/** The stage that a text stands for, in any case. Throws INVALID_PARAMETER_VALUE for none (MLflow: get_canonical_stage). */
export function canonicalStage(text: string): ModelStage {
  const stage = MODEL_STAGES.find((name) => name.toLowerCase() === text.toLowerCase());
  if (stage !== undefined) return stage;
  throw invalidParameter(`Invalid Model Version stage: ${text}. Value must be one of ${MODEL_STAGES.join(', ')}.`);
}

/**
 * Throws INVALID_PARAMETER_VALUE when the versions of a stage cannot be archived in favour of another one. MLflow answers
 * 500, which its client would retry for minutes (MLflow: transition_model_version_stage).
 */
export function checkArchives(stage: string): void {
  if (ACTIVE_STAGES.includes(canonicalStage(stage))) return;
  throw invalidParameter(
    'Model version transition cannot archive existing model versions because ' +
      `'${stage}' is not an Active stage. Valid stages are ['Staging', 'Production']`,
  );
}
