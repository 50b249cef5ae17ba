import { isPermissionDenied } from '../api/guard/permission-denied.ts';
import { HTTP_STATUS_OF, MlflowError } from '../domain/errors.ts';

/** Where the edge tells what went wrong inside; never the client's business. */
export type Report = (message: string, cause: unknown) => void;

/** The one place where an error becomes a response: MLflow's two keys, and nothing internal. */
export function errorResponse(error: unknown, report: Report): Response {
  if (error instanceof MlflowError) {
    if (error.status >= 500) report(error.message, error.cause ?? error);
    return jsonError(error);
  }
  report('unexpected error', error);
  return jsonError(new MlflowError('INTERNAL_ERROR', 'Internal error; the server log has the details.'));
}

function jsonError(error: MlflowError): Response {
  if (isPermissionDenied(error)) return new Response(error.message, { status: 403, headers: TEXT });
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  // The stock client waits as told before it tries again.
  const isPassing = error.code === 'REQUEST_LIMIT_EXCEEDED' || error.code === 'TEMPORARILY_UNAVAILABLE';
  if (isPassing) headers['retry-after'] = String(error.retryAfterSeconds ?? 1);
  const body = JSON.stringify({ error_code: error.code, message: error.message });
  return new Response(body, { status: HTTP_STATUS_OF[error.code], headers });
}

/** MLflow answers who may not in plain text, under Flask's default type. */
const TEXT = { 'content-type': 'text/html; charset=utf-8' };
