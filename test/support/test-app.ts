import { afterAll } from 'vitest';
import { operations } from '../../functions/api/index.ts';
import type { Operation, Services } from '../../functions/api/operation.ts';
import { createBackend } from '../../functions/entry/services.ts';
import { createApp } from '../../functions/http/app.ts';
import { parseJson, stringifyJson } from '../../functions/protocol/json.ts';
import { startStores } from '../../local/stores.ts';
import { type BucketView, viewBucket } from './bucket-view.ts';
import { collectReports, type ReportedError } from './collect-reports.ts';

/** An answer; `body` is the parsed JSON, or the text where it is none. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** The values of a query string; those of a list are repeated, undefined ones left out. */
export type Query = Readonly<Record<string, string | number | bigint | readonly string[] | undefined>>;
type Fields = Readonly<Record<string, unknown>>;
type HeaderFields = Readonly<Record<string, string>>;

/** The whole application in this process, over embedded stores that are empty at first. */
export interface TestApp {
  readonly services: Services;
  readonly bucket: BucketView;
  /** Answers a request; `env` is what the platform tells beside it. */
  readonly fetch: (request: Request, env?: object) => Promise<Response>;
  readonly reports: readonly ReportedError[];
  /** Sends a body as JSON, a string or bytes as they are; the headers replace the JSON content type. */
  readonly call: (method: string, path: string, body?: unknown, headers?: HeaderFields) => Promise<Answer>;
  /** GETs an operation below /api/2.0/mlflow/. */
  readonly get: (operation: string, query?: Query) => Promise<Answer>;
  /** POSTs to an operation below /api/2.0/mlflow/. */
  readonly post: (operation: string, body: unknown) => Promise<Answer>;
  /** Makes an experiment with a name of its own and gives its id. */
  readonly newExperiment: (fields?: Fields) => Promise<string>;
  /** Makes a run in the default experiment and gives its id. */
  readonly newRun: (fields?: Fields) => Promise<string>;
  /** Makes a logged model in the default experiment and gives its id. */
  readonly newModel: (fields?: Fields) => Promise<string>;
}

const ORIGIN = 'http://127.0.0.1';
const MLFLOW = '/api/2.0/mlflow/';
const JSON_HEADERS = { 'content-type': 'application/json' };

/** Starts the app for a test file; it stops after the file's last test. */
export async function openTestApp(served: readonly Operation[] = operations): Promise<TestApp> {
  const stores = await startStores({ dataDir: undefined, engine: undefined, log: () => undefined });
  afterAll(stores.stop);
  const bucket = viewBucket(stores);
  afterAll(bucket.close);
  const { tableName, bucketName, connections } = stores;
  const environment = { tableName, bucketName, artifactRoot: 'mlflow-artifacts:/' };
  const wired = createBackend(environment, connections).services;
  const services = { ...wired, clock: tickingClock() };
  const { reports, report } = collectReports();
  const app = createApp(served, services, { report });
  const fetch: TestApp['fetch'] = async (request, env) => app.fetch(request, env);
  return { services, bucket, fetch, reports, ...callers(fetch) };
}

/** A clock of its own, one millisecond later at each reading. */
function tickingClock(): () => number {
  let time = 1_700_000_000_000;
  return () => {
    time += 1;
    return time;
  };
}

/** Calls of an app, made from its way to answer a request. */
export function callers(fetch: TestApp['fetch']) {
  const call: TestApp['call'] = async (method, path, body, headers = JSON_HEADERS) =>
    readAnswer(await fetch(new Request(ORIGIN + path, { method, headers, body: bodyOf(body) })));
  const post: TestApp['post'] = (operation, body) => call('POST', MLFLOW + operation, body);
  const make = async (operation: string, body: Fields, ...path: readonly string[]) => {
    const answer = await post(operation, body);
    if (answer.status !== 200) throw new Error(`${operation} failed: ${JSON.stringify(answer.body)}`);
    return textAt(answer, ...path);
  };
  return {
    call,
    post,
    get: (operation: string, query: Query = {}) => call('GET', `${MLFLOW}${operation}${queryString(query)}`),
    newExperiment: (fields: Fields = {}) =>
      make('experiments/create', { name: uniqueName('experiment'), ...fields }, 'experiment_id'),
    newRun: (fields: Fields = {}) => make('runs/create', { experiment_id: '0', ...fields }, 'run', 'info', 'run_id'),
    newModel: (fields: Fields = {}) =>
      make('logged-models', { experiment_id: '0', ...fields }, 'model', 'info', 'model_id'),
  };
}

let namesGiven = 0;

/** A name that no other test of the file has. */
export function uniqueName(kind: string): string {
  namesGiven += 1;
  return `${kind} ${namesGiven}`;
}

/** The value at a path within an answer, or undefined. */
export const valueAt = ({ body }: Answer, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((value, key) => (isObject(value) ? Reflect.get(value, key) : undefined), body);

/** The string at a path within an answer; throws when there is none. */
export function textAt(answer: Answer, ...path: readonly (string | number)[]): string {
  const value = valueAt(answer, ...path);
  if (typeof value === 'string') return value;
  throw new Error(`no string at ${path.join('.')} of ${stringifyJson(answer.body)}`);
}

/** The list at a path within an answer, empty where there is none. */
export function listAt(answer: Answer, ...path: readonly (string | number)[]): readonly unknown[] {
  const value = valueAt(answer, ...path);
  return Array.isArray(value) ? value : [];
}

/** One field of each item of the list at a path within an answer. */
export const column = (answer: Answer, list: readonly (string | number)[], ...path: readonly (string | number)[]) =>
  listAt(answer, ...list).map((item) => valueAt({ ...answer, body: item }, ...path));

/** A query string with its question mark; empty without values. */
export function queryString(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) search.append(name, String(item));
    }
  }
  return search.size > 0 ? `?${search}` : '';
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> | undefined {
  if (body === undefined || typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : stringifyJson(body);
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  const body = isJson && text !== '' ? parseJson(text) : text;
  return { status: response.status, body, headers: response.headers };
}
