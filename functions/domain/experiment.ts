import { invalidParameter } from './errors.ts';
import { MAX_EXPERIMENT_NAME_LENGTH } from './limits.ts';
import { validateLength } from './names.ts';
import { pythonInteger } from './python-integer.ts';

/** Throws INVALID_PARAMETER_VALUE for an empty or too long name (MLflow: _validate_experiment_name). */
export function validateExperimentName(name: string): void {
  if (name === '') throw invalidParameter(`Invalid experiment name: '${name}'`);
  validateLength('name', name, MAX_EXPERIMENT_NAME_LENGTH);
}

/**
 * The number an experiment id stands for; beyond 2^53 one that no experiment has. Throws INVALID_PARAMETER_VALUE for
 * what Python reads no integer in (MLflow: _parse_experiment_id).
 */
export function parseExperimentId(text: string): number {
  const id = pythonInteger(text);
  if (id === undefined) {
    throw invalidParameter(`Invalid experiment ID '${text}'. Experiment ID must be a valid integer.`);
  }
  return id;
}
