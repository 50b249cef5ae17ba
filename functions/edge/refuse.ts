import { type ErrorCode, HTTP_STATUS_OF } from '../domain/errors.ts';
import type { EdgeResponse } from './edge-event.ts';

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  413: 'Content Too Large',
};

/** MLflow's JSON error. The stock client tries 408, 429 and 5xx again for four minutes: none of them comes from here. */
export function refuse(code: ErrorCode, message: string): EdgeResponse {
  const statusCode = HTTP_STATUS_OF[code];
  const challenge = { 'www-authenticate': { value: 'Bearer realm="tracklet", error="invalid_token"' } };
  return {
    statusCode,
    statusDescription: String(DESCRIPTIONS[statusCode]),
    headers: Object.assign({ 'content-type': { value: 'application/json' } }, statusCode === 401 ? challenge : {}),
    body: { encoding: 'text', data: JSON.stringify({ error_code: code, message }) },
  };
}
