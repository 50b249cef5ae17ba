import type { Dataset, KeyValue } from './entities.ts';
import {
  MAX_DATASET_DIGEST_LENGTH,
  MAX_DATASET_NAME_LENGTH,
  MAX_DATASET_PROFILE_LENGTH,
  MAX_DATASET_SCHEMA_LENGTH,
  MAX_DATASET_SOURCE_LENGTH,
  MAX_INPUT_TAG_KEY_LENGTH,
  MAX_INPUT_TAG_VALUE_LENGTH,
} from './limits.ts';
import { validateLength } from './names.ts';

/** A dataset that went into a run, and what the run says about it. */
export interface DatasetInput {
  readonly dataset: Dataset;
  readonly tags: readonly KeyValue[];
}

/** The tag of an input that says what the run used the dataset for, such as training (MLflow: MLFLOW_DATASET_CONTEXT). */
export const DATASET_CONTEXT_TAG = 'mlflow.data.context';

/** What a run used a dataset for, by the tags of the input; undefined when it does not say. */
export const datasetContextOf = (tags: readonly KeyValue[]): string | undefined =>
  tags.find(({ key }) => key === DATASET_CONTEXT_TAG)?.value;

/** Throws INVALID_PARAMETER_VALUE for a field that is too long (MLflow: _validate_dataset and _validate_input_tags). */
export function validateDatasetInput({ dataset, tags }: DatasetInput): void {
  validateLength('name', dataset.name, MAX_DATASET_NAME_LENGTH);
  validateLength('digest', dataset.digest, MAX_DATASET_DIGEST_LENGTH);
  validateLength('source', dataset.source, MAX_DATASET_SOURCE_LENGTH);
  validateLength('schema', dataset.schema ?? '', MAX_DATASET_SCHEMA_LENGTH);
  validateLength('profile', dataset.profile ?? '', MAX_DATASET_PROFILE_LENGTH);
  for (const tag of tags) {
    validateLength('key', tag.key, MAX_INPUT_TAG_KEY_LENGTH);
    validateLength('value', tag.value, MAX_INPUT_TAG_VALUE_LENGTH);
  }
}

interface NamedInput {
  readonly dataset: { readonly name: string; readonly digest: string };
}

/** The first input of each (name, digest), in the order they came (MLflow: SqlAlchemyStore._log_inputs_impl). */
export function dedupeDatasetInputs<Input extends NamedInput>(inputs: readonly Input[]): Input[] {
  const seen = new Set<string>();
  return inputs.filter(({ dataset }) => {
    const key = JSON.stringify([dataset.name, dataset.digest]);
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}
