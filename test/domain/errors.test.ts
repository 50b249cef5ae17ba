import { expect, test } from 'vitest';
import {
  alreadyExists,
  badRequest,
  doesNotExist,
  invalidParameter,
  MlflowError,
} from '../../functions/domain/errors.ts';

test.each([
  [invalidParameter, 'INVALID_PARAMETER_VALUE', 400],
  [doesNotExist, 'RESOURCE_DOES_NOT_EXIST', 404],
  [alreadyExists, 'RESOURCE_ALREADY_EXISTS', 400],
  [badRequest, 'BAD_REQUEST', 400],
])('case %#: an error carries its message, code and status', (make, code, status) => {
  const error = make('why');
  expect(error).toBeInstanceOf(MlflowError);
  expect(error).toMatchObject({ name: 'MlflowError', message: 'why', code, status });
});

test('an error keeps its cause', () => {
  const cause = new Error('inner');
  expect(invalidParameter('why', cause).cause).toBe(cause);
});
