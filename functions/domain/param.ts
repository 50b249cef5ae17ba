import type { KeyValue } from './entities.ts';
import { invalidParameter, type MlflowError } from './errors.ts';
import { MAX_KEY_LENGTH, MAX_PARAM_VALUE_LENGTH } from './limits.ts';
import { pythonRepr, pythonReprOfList } from './messages.ts';
import { fieldPath, truncate, validateLength, validateParamName } from './names.ts';

/** A param that was logged before with another value. */
export interface ParamConflict {
  readonly key: string;
  readonly oldValue: string;
  readonly newValue: string;
}

/** Gives the param as it is stored, a long value cut off; throws for a bad key (MLflow: _validate_param). */
export function validateParam(key: string, value: string, path = ''): KeyValue {
  validateParamName(key, fieldPath(path, 'key'));
  validateLength('Param key', key, MAX_KEY_LENGTH);
  return { key, value: truncate(value, MAX_PARAM_VALUE_LENGTH) };
}

/** Throws when two params of one batch have the same key, be their values the same (MLflow: _validate_param_keys_unique). */
export function validateUniqueParamKeys(params: readonly { readonly key: string }[]): void {
  const seen = new Set<string>();
  const repeated: string[] = [];
  for (const { key } of params) {
    if (seen.has(key)) repeated.push(key);
    seen.add(key);
  }
  if (repeated.length === 0) return;
  throw invalidParameter(
    `Duplicate parameter keys have been submitted: ${pythonReprOfList(repeated)}. Please ensure ` +
      'the request contains only one param value per param key.',
  );
}

/** The error of log-parameter for a param that has another value already (MLflow: SqlAlchemyStore.log_param). */
export const conflictingParam = (runId: string, key: string, oldValue: string, newValue: string): MlflowError =>
  invalidParameter(
    `Changing param values is not allowed. Param with key='${key}' was already logged with value='${oldValue}' ` +
      `for run ID='${runId}'. Attempted logging new value '${newValue}'.`,
  );

/** The error of log-batch for params that have other values already (MLflow: SqlAlchemyStore._log_params). */
export function conflictingParams(runId: string, conflicts: readonly ParamConflict[]): MlflowError {
  const listed = conflicts.map(
    ({ key, oldValue, newValue }) =>
      `{'key': ${pythonRepr(key)}, 'old_value': ${pythonRepr(oldValue)}, 'new_value': ${pythonRepr(newValue)}}`,
  );
  return invalidParameter(
    `Changing param values is not allowed. Params were already logged='[${listed.join(', ')}]' for run ID='${runId}'.`,
  );
}
