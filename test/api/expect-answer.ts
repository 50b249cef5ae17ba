import { expect } from 'vitest';
import type { Answer } from '../support/test-app.ts';

const SEE_DOCS = 'See the API docs for more information about request parameters.';

/** Expects an error with exactly this message and no other fields. */
export function expectError(answer: Answer, status: number, code: string, message: string): void {
  expect(answer.body).toEqual({ error_code: code, message });
  expect(answer.status).toBe(status);
}

/** Expects 400 INVALID_PARAMETER_VALUE with exactly this message. */
export const expectInvalid = (answer: Answer, message: string): void =>
  expectError(answer, 400, 'INVALID_PARAMETER_VALUE', message);

/** Expects 400 for a required field that is not there. */
export const expectMissing = (answer: Answer, field: string): void =>
  expectInvalid(answer, `Missing value for required parameter '${field}'. ${SEE_DOCS}`);

/** Expects 400 for a value, given as JSON, of a wrong type, named as Python does. */
export const expectWrongType = (answer: Answer, field: string, json: string, type: string): void =>
  expectInvalid(
    answer,
    `Invalid value ${json} for parameter '${field}' supplied:  Hint: Value was of type '${type}'. ${SEE_DOCS}`,
  );

/** Expects 404 RESOURCE_DOES_NOT_EXIST with exactly this message. */
export const expectNotFound = (answer: Answer, message: string): void =>
  expectError(answer, 404, 'RESOURCE_DOES_NOT_EXIST', message);

/** Expects 200 with exactly this JSON. */
export function expectOk(answer: Answer, body: unknown = {}): void {
  expect(answer.body).toEqual(body);
  expect(answer.status).toBe(200);
}

/** The id of a run that nobody made. */
export const NO_RUN = 'f'.repeat(32);

/** The id of a logged model that nobody made. */
export const NO_MODEL = `m-${NO_RUN}`;

/** MLflow's sentence for a page token that it cannot read. */
export const BAD_TOKEN = 'Invalid page token, could not base64-decode';

/** A token with its last character changed. */
export const tampered = (token: string): string => token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
