import type { KeyValue } from './entities.ts';
import { invalidParameter, type MlflowError } from './errors.ts';
import {
  MAX_CUSTOM_VIEWS_PER_EXPERIMENT,
  MAX_EXPERIMENT_TAG_VALUE_LENGTH,
  MAX_KEY_LENGTH,
  MAX_RUN_TAG_VALUE_LENGTH,
} from './limits.ts';
import { fieldPath, truncate, validateLength, validateTagName } from './names.ts';
import { validateTraceArchivalTag } from './trace-archival-tag.ts';

/** Gives the run tag as it is stored, a long value cut off; throws for a bad key (MLflow: _validate_tag). */
export function validateRunTag(key: string, value: string, path = ''): KeyValue {
  const keyPath = fieldPath(path, 'key');
  validateTagName(key, keyPath);
  validateLength(keyPath, key, MAX_KEY_LENGTH);
  return { key, value: truncate(value, MAX_RUN_TAG_VALUE_LENGTH) };
}

/** Throws for an experiment tag that MLflow refuses; long values are not cut off (MLflow: _validate_experiment_tag). */
export function validateExperimentTag(key: string, value: string): void {
  validateTagName(key, 'key');
  validateLength('key', key, MAX_KEY_LENGTH);
  validateLength('value', value, MAX_EXPERIMENT_TAG_VALUE_LENGTH);
  validateTraceArchivalTag(key, value);
}

const CUSTOM_VIEW_PREFIX = 'mlflow.customView.view';

const isCustomView = (key: string): boolean => key.startsWith(CUSTOM_VIEW_PREFIX);

const countCustomViews = (keys: Iterable<string>): number => [...keys].filter(isCustomView).length;

const tooManyCustomViews = (experiment: string): MlflowError =>
  invalidParameter(
    `Unable to create another custom view${experiment}; the maximum number of custom ` +
      `views per experiment is ${MAX_CUSTOM_VIEWS_PER_EXPERIMENT}. Delete an existing custom ` +
      'view before creating a new one.',
  );

/** Throws when a new experiment's tags hold too many custom views (MLflow: handlers.py, _validate_custom_view_count). */
export function validateCustomViewCount(keys: Iterable<string>): void {
  if (countCustomViews(keys) > MAX_CUSTOM_VIEWS_PER_EXPERIMENT) throw tooManyCustomViews('');
}

/**
 * Throws when writing `key` would give an experiment one custom view too many; overwriting one is always allowed.
 * `existingKeys` are the keys of its tags before (MLflow: handlers.py, _validate_custom_view_tag_write).
 */
export function validateCustomViewWrite(experimentId: string, existingKeys: Iterable<string>, key: string): void {
  if (!isCustomView(key)) return;
  const existing = new Set(existingKeys);
  if (existing.has(key) || countCustomViews(existing) < MAX_CUSTOM_VIEWS_PER_EXPERIMENT) return;
  throw tooManyCustomViews(` for experiment ${experimentId}`);
}
