import { ApiError, ConnectionLostError } from './api-error.ts';
import { connection } from './connection.ts';

/** The paths that browsers use (MLflow: the ajax-api of its own page); the same operations as under /api. */
const MLFLOW = '/ajax-api/2.0/mlflow';
/** What the page needs beyond MLflow's API; open to anyone. */
const TRACKLET = '/ajax-api/2.0/tracklet';

/** What an answer weighs, for whoever decides how much to ask for next. */
export interface Answer<T> {
  readonly body: T;
  readonly sizeBytes: number;
}

type Fields = Readonly<Record<string, unknown>>;

interface Options {
  readonly signal?: AbortSignal | undefined;
}

/** Asks MLflow's API; throws ApiError for a refusal and ConnectionLostError when no answer comes. */
export const getMlflow = async <T>(path: string, query: Fields, options: Options = {}): Promise<T> =>
  (await send<T>(`${MLFLOW}/${path}?${queryOf(query)}`, { method: 'GET', ...options })).body;

/** As getMlflow, with a body; also for searches, whose filters outgrow a URL. */
export const postMlflow = async <T>(path: string, body: Fields, options: Options = {}): Promise<T> =>
  (await measureMlflow<T>(path, body, options)).body;

/** As postMlflow, and tells what the answer weighs. */
export const measureMlflow = <T>(path: string, body: Fields, options: Options = {}): Promise<Answer<T>> =>
  send<T>(`${MLFLOW}/${path}`, jsonRequest(body, options));

/** As postMlflow, by the methods that some changes in the registry ask for. */
export const changeMlflow = async <T>(method: 'PATCH' | 'DELETE', path: string, body: Fields): Promise<T> =>
  (await send<T>(`${MLFLOW}/${path}`, { ...jsonRequest(body, {}), method })).body;

/** The bytes of a file that the server hands out, or its first so many; throws as getMlflow does. */
export async function getFile(
  path: string,
  query: Fields,
  { signal, maxBytes }: Options & { readonly maxBytes?: number | undefined } = {},
): Promise<Blob> {
  const headers = new Headers(maxBytes === undefined ? [] : [['range', `bytes=0-${maxBytes - 1}`]]);
  const init: RequestInit = { method: 'GET', headers, ...(signal ? { signal } : {}) };
  const response = await fetchOrLose(`${path}?${queryOf(query)}`, init);
  if (!response.ok) throw refusalOf(response, await textOrLose(response, init));
  try {
    return await response.blob();
  } catch (error) {
    throw lostUnlessAborted(error, init);
  }
}

/** Where a browser gets a file from by itself. */
export const addressOfFile = (path: string, query: Fields): string => `${path}?${queryOf(query)}`;

/** Asks Tracklet's own API, as postMlflow asks MLflow's. */
export const postTracklet = async <T>(path: string, body: Fields, options: Options = {}): Promise<T> =>
  (await send<T>(`${TRACKLET}/${path}`, jsonRequest(body, options))).body;

/** As getMlflow, of Tracklet's own API. */
export const getTracklet = async <T>(path: string, query: Fields, options: Options = {}): Promise<T> =>
  (await send<T>(`${TRACKLET}/${path}?${queryOf(query)}`, { method: 'GET', ...options })).body;

/** As changeMlflow, of Tracklet's own API. */
export const changeTracklet = async <T>(method: 'PATCH' | 'DELETE', path: string, body: Fields): Promise<T> =>
  (await send<T>(`${TRACKLET}/${path}`, { ...jsonRequest(body, {}), method })).body;

const jsonRequest = (body: Fields, options: Options): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
  ...options,
});

/** A query string; lists become several pairs, undefined none. */
function queryOf(fields: Fields): URLSearchParams {
  const pairs = Object.entries(fields).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).filter((item) => item !== undefined).map((item) => [key, String(item)]),
  );
  return new URLSearchParams(pairs);
}

async function send<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  const response = await fetchOrLose(path, init);
  const text = await textOrLose(response, init);
  if (!response.ok) throw refusalOf(response, text);
  // The shape of an answer is the API's promise; nothing in the page can check it again.
  return { body: JSON.parse(text) as T, sizeBytes: text.length };
}

async function fetchOrLose(path: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, init);
    connection.found();
    return response;
  } catch (error) {
    throw lostUnlessAborted(error, init);
  }
}

/** The line may break in the middle of an answer, too. */
async function textOrLose(response: Response, init: RequestInit): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw lostUnlessAborted(error, init);
  }
}

function lostUnlessAborted(error: unknown, { signal }: RequestInit): unknown {
  if (signal?.aborted) return error;
  connection.lost();
  return new ConnectionLostError(error);
}

function refusalOf(response: Response, text: string): ApiError {
  const { error_code: code, message } = readError(text);
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiError({
    status: response.status,
    code: code ?? `HTTP ${response.status}`,
    message: message || `The server answered ${response.status} ${response.statusText}`.trim(),
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
