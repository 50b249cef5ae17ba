import { ApiError, ConnectionLostError } from './api-error.ts';
import { connection } from './connection.ts';

/** Sends a request and gives the answer, whatever it says; throws ConnectionLostError when none comes. */
export async function exchange(path: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, init);
    connection.found();
    return response;
  } catch (error) {
    throw lostUnlessAborted(error, init);
  }
}

/** What an answer holds. The line may break in the middle of it, too. */
export async function contentOf<T>(read: () => Promise<T>, init: RequestInit): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw lostUnlessAborted(error, init);
  }
}

function lostUnlessAborted(error: unknown, { signal }: RequestInit): unknown {
  if (signal?.aborted) return error;
  connection.lost();
  return new ConnectionLostError(error);
}

/** The error that an answer without success tells of. */
export function refusalOf(response: Response, text: string): ApiError {
  const { error_code: code, message } = readError(text);
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiError({
    status: response.status,
    code: code ?? `HTTP ${response.status}`,
    message: message || plainWords(text) || `The server answered ${response.status} ${response.statusText}`.trim(),
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : undefined,
  });
}

interface WireError {
  readonly error_code?: string;
  readonly message?: string;
}

/** A proxy on the way answers with a page of HTML: then there is no code, and the status must do. */
function readError(text: string): WireError {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
}

const LONGEST_WORDS = 300;

/** Who may not is told so in plain text (MLflow: server/auth/__init__.py, make_forbidden_response). */
const plainWords = (text: string): string =>
  text.length <= LONGEST_WORDS && /^[^<{]+$/.test(text.trim()) ? text.trim() : '';
