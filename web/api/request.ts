import { contentOf, exchange, refusalOf } from './exchange.ts';
import { CSRF_HEADER, session } from './session.ts';

/** The paths that browsers use (MLflow: the ajax-api of its own page); the same operations as under /api. */
const MLFLOW = '/ajax-api/2.0/mlflow';
const MLFLOW_3 = '/ajax-api/3.0/mlflow';
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
  const answer = await exchangeAs(`${path}?${queryOf(query)}`, () => init);
  if (!answer.ok) throw refusalOf(answer, await contentOf(() => answer.text(), init));
  return contentOf(() => answer.blob(), init);
}

/** Where a browser gets a file from by itself. */
export const addressOfFile = (path: string, query: Fields): string => `${path}?${queryOf(query)}`;

/** MLflow's API of the releases with roles: asked as the others are. */
export const mlflow3 = {
  get: async <T>(path: string, query: Fields, options: Options = {}): Promise<T> =>
    (await send<T>(`${MLFLOW_3}/${path}?${queryOf(query)}`, { method: 'GET', ...options })).body,
  change: async <T>(method: 'POST' | 'PATCH' | 'DELETE', path: string, body: Fields): Promise<T> =>
    (await send<T>(`${MLFLOW_3}/${path}`, { ...jsonRequest(body, {}), method })).body,
} as const;

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
  const withHeader = (): RequestInit => {
    const headers = new Headers(init.headers);
    headers.set(CSRF_HEADER, session.csrfToken());
    return { ...init, headers };
  };
  const response = await exchangeAs(path, withHeader);
  const text = await contentOf(() => response.text(), init);
  if (!response.ok) throw refusalOf(response, text);
  // The shape of an answer is the API's promise; nothing in the page can check it again.
  return { body: JSON.parse(text) as T, sizeBytes: text.length };
}

/** Sends what `initNow` gives, once it may be sent at all; once more when its user had to sign in again meanwhile. */
async function exchangeAs(path: string, initNow: () => RequestInit): Promise<Response> {
  // What is sure to be refused would only stand in the audit.
  await session.ready();
  await session.untilAsked();
  const sent = session.state();
  const response = await exchange(path, initNow());
  if (!(await isSessionOver(response))) return response;
  return (await session.mayGoOn(sent)) ? exchange(path, initNow()) : response;
}

/** No session, or that of another sign-in in another tab, whose token the page has not heard of. */
const isSessionOver = async (response: Response): Promise<boolean> =>
  response.status === 401 || (response.status === 403 && (await response.clone().text()).includes(CSRF_HEADER));
