import { expect } from 'vitest';
import { MlflowError } from '../../functions/domain/errors.ts';

/** Expects an INVALID_PARAMETER_VALUE with exactly this message; without one, with any. */
export function expectRefusal(act: () => unknown, message?: string): void {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(MlflowError);
    expect(error).toMatchObject({ code: 'INVALID_PARAMETER_VALUE', ...(message === undefined ? {} : { message }) });
    return;
  }
  expect.fail('nothing was refused');
}
