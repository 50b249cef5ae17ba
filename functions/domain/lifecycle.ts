import { invalidParameter, type MlflowError } from './errors.ts';

/** Where an experiment or a run stands (MLflow: entities/lifecycle_stage.py). */
export type LifecycleStage = 'active' | 'deleted';

/** Which stages a search shows (MLflow: entities/view_type.py). */
export type ViewType = 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';

/** A stage together with the generation it was set in. */
export interface StageMark {
  readonly stage: LifecycleStage;
  readonly stageGeneration: number;
}

/**
 * The stage a run is in. Deleting or restoring an experiment marks all its runs, also those marked one by one before
 * (MLflow: SqlAlchemyStore.delete_experiment and restore_experiment walk over them). Here it is one step: it raises the
 * experiment's generation, and a run's own mark counts only while both generations are equal.
 */
export const stageOfRun = (run: StageMark, experiment: StageMark): LifecycleStage =>
  run.stageGeneration === experiment.stageGeneration ? run.stage : experiment.stage;

/** Whether a view shows what is in a stage (MLflow: LifecycleStage.view_type_to_stages). */
export function stageMatches(view: ViewType, stage: LifecycleStage): boolean {
  if (view === 'ALL') return true;
  return (view === 'ACTIVE_ONLY') === (stage === 'active');
}

const notActive = (entity: string, stage: LifecycleStage): MlflowError =>
  invalidParameter(`The ${entity} must be in the 'active' state. Current state is ${stage}.`);

interface ExperimentState {
  readonly experimentId: string;
  readonly stage: LifecycleStage;
}

/** Throws INVALID_PARAMETER_VALUE for a deleted experiment (MLflow: SqlAlchemyStore._check_experiment_is_active). */
export function checkExperimentActive({ experimentId, stage }: ExperimentState): void {
  if (stage !== 'active') throw notActive(`experiment ${experimentId}`, stage);
}

/** Throws INVALID_PARAMETER_VALUE for a deleted run (MLflow: SqlAlchemyStore._check_run_is_active). */
export function checkRunActive({ runId, stage }: { readonly runId: string; readonly stage: LifecycleStage }): void {
  if (stage !== 'active') throw notActive(`run ${runId}`, stage);
}
