import type { Experiment } from '../../domain/entities.ts';
import { doesNotExist } from '../../domain/errors.ts';
import type { LifecycleStage } from '../../domain/lifecycle.ts';

/**
 * Deletes or restores an experiment and with it all its runs, also those that were deleted one by one
 * (MLflow: SqlAlchemyStore.delete_experiment). One that is in that stage already does not exist for this operation.
 */
export const changeStage =
  (stage: LifecycleStage, now: number) =>
  (experiment: Experiment): Experiment => {
    if (experiment.stage === stage) throw doesNotExist(`No Experiment with id=${experiment.experimentId} exists`);
    return { ...experiment, stage, stageGeneration: experiment.stageGeneration + 1, lastUpdateTime: now };
  };
