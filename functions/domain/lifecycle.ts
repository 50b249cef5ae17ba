import { invalidParameter, type MlflowError } from './errors.ts';

/** Where an experiment or a run stands (MLflow: entities/lifecycle_stage.py). */
export type LifecycleStage = 'active' | 'deleted';

/** Which stages a search shows (MLflow: entities/view_type.py). */
export type ViewType = 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';

/**
 * How far garbage collection is with something: `begun`, its artifacts and items go; `emptied`, only what hides the last
 * traces of it is left. From the beginning on it is there for nobody else, and cannot be restored.
 */
export type Removal = 'begun' | 'emptied';

/** A stage together with the generation it was set in. */
export interface StageMark {
  readonly stage: LifecycleStage;
  readonly stageGeneration: number;
  readonly removal?: Removal | undefined;
}

/**
 * The stage a run is in. Deleting or restoring an experiment marks all its runs, also those marked one by one before
 * (MLflow: SqlAlchemyStore.delete_experiment and restore_experiment walk over them). Here it is one step: it raises the
 * experiment's generation, and a run's own mark counts only while both generations are equal.
 */
export const stageOfRun = (run: StageMark, experiment: StageMark): LifecycleStage =>
  run.stageGeneration === experiment.stageGeneration ? run.stage : experiment.stage;

/**
 * When a run was deleted, in ms: on its own, or with its experiment, whose last change its deletion was
 * (MLflow: SqlAlchemyStore._mark_run_deleted writes the time into each run).
 */
export function deletionTimeOfRun(
  run: StageMark & { readonly deletedTime: number | undefined },
  experiment: StageMark & { readonly lastUpdateTime: number },
): number {
  const own = run.stageGeneration === experiment.stageGeneration ? run.deletedTime : undefined;
  return own ?? experiment.lastUpdateTime;
}

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
