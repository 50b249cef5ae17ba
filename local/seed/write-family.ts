import type { Family } from './believable-families.ts';
import type { RunWriter } from './run-writer.ts';

/** Names the parent of a run (MLflow: utils/mlflow_tags.py, MLFLOW_PARENT_RUN_ID). */
const PARENT_TAG = 'mlflow.parentRunId';

/** Writes a run and then its children, which name it. */
export async function writeFamily(
  { writeRun }: RunWriter,
  experimentId: string,
  { parent, children }: Family,
): Promise<void> {
  const parentId = await writeRun(experimentId, parent);
  for (const child of children) {
    const tags = [...child.tags, { key: PARENT_TAG, value: parentId }];
    await writeRun(experimentId, { ...child, tags });
  }
}
