import type { Run } from '../../domain/entities.ts';
import { RUN_NAME_TAG } from '../../domain/run-name.ts';

/** A run's name and its tag mlflow.runName are always the same (MLflow: update_run_info). */
export const renameRun = (run: Run, runName: string): Run => ({
  ...run,
  runName,
  tags: new Map(run.tags).set(RUN_NAME_TAG, runName),
});
