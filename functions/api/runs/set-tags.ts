import type { KeyValue, Run } from '../../domain/entities.ts';
import { RUN_NAME_TAG } from '../../domain/run-name.ts';
import { renameRun } from './rename-run.ts';

/** Sets tags, the last of each key; the tag mlflow.runName renames the run, unless it is empty (MLflow: set_tag). */
export function setTags(run: Run, tags: readonly KeyValue[]): Run {
  const others = tags.filter(({ key }) => key !== RUN_NAME_TAG);
  const runName = tags.findLast(({ key, value }) => key === RUN_NAME_TAG && value !== '')?.value;
  const merged = new Map(run.tags);
  for (const { key, value } of others) merged.set(key, value);
  const isSame = [...merged].every(([key, value]) => run.tags.get(key) === value) && runName === undefined;
  if (isSame) return run;
  const tagged = { ...run, tags: merged };
  return runName === undefined ? tagged : renameRun(tagged, runName);
}
