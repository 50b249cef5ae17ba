import { invalidParameter } from './errors.ts';
import { MAX_EXPERIMENT_NAME_LENGTH } from './limits.ts';
import { validateLength } from './names.ts';
import { pythonStrip } from './python-strip.ts';

/** Throws INVALID_PARAMETER_VALUE for an empty or too long name (MLflow: _validate_experiment_name). */
export function validateExperimentName(name: string): void {
  if (name === '') throw invalidParameter(`Invalid experiment name: '${name}'`);
  validateLength('name', name, MAX_EXPERIMENT_NAME_LENGTH);
}

const PYTHON_INTEGER = /^[+-]?\d+(_\d+)*$/;

/**
 * The number an experiment id stands for, written as Python's int() reads it: ' 1 ', '+1' and '1_0' are numbers, too.
 * Beyond 2^53 it is the nearest double, which no experiment has. Throws INVALID_PARAMETER_VALUE for all else
 * (MLflow: _parse_experiment_id).
 */
export function parseExperimentId(text: string): number {
  const digits = pythonStrip(text);
  if (PYTHON_INTEGER.test(digits)) return Number(digits.replaceAll('_', '')) + 0;
  throw invalidParameter(`Invalid experiment ID '${text}'. Experiment ID must be a valid integer.`);
}
