import { expect } from 'vitest';
import { MlflowError } from '../../functions/domain/errors.ts';

/** Expects a 400 INVALID_PARAMETER_VALUE; gives its message. */
export function refusalOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(MlflowError);
    if (error instanceof MlflowError) {
      expect(error.code).toBe('INVALID_PARAMETER_VALUE');
      return error.message;
    }
  }
  return expect.fail('nothing was refused');
}

/** Where MLflow's sentence ends and the place begins. */
export const PLACE = / \(at (?:character|order_by item) \d+/;
