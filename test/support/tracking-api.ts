import * as z from 'zod';

const point = z.object({ key: z.string(), value: z.number(), timestamp: z.number(), step: z.number() });
const pair = z.object({ key: z.string(), value: z.string() });
const pageToken = z.string().optional();
const createdExperiment = z.object({ experiment_id: z.string() });
const createdRun = z.object({ run: z.object({ info: z.object({ run_id: z.string() }) }) });
const points = z.array(point).default([]);
const pairs = z.array(pair).default([]);
const readRun = z.object({ run: z.object({ data: z.object({ metrics: points, params: pairs, tags: pairs }) }) });
const foundRuns = z.object({ runs: z.array(createdRun.shape.run).default([]), next_page_token: pageToken });
const history = z.object({ metrics: points, next_page_token: pageToken });

/** A point of a metric, as the wire has it. */
export type Point = Readonly<z.infer<typeof point>>;

/** A param or a tag. */
export type Pair = Readonly<z.infer<typeof pair>>;

/** What one log-batch writes. */
export interface Batch {
  readonly metrics?: readonly Point[];
  readonly params?: readonly Pair[];
  readonly tags?: readonly Pair[];
}

/** What a run holds: the latest point of each metric, params and tags. */
export interface RunContent {
  readonly metrics: ReadonlyMap<string, Point>;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
}

/** An answer that is not 200. */
export class RefusedCall extends Error {
  readonly status: number;

  constructor(status: number, call: string, body: string) {
    super(`${call} answered ${status}: ${body.slice(0, 500)}`);
    this.name = 'RefusedCall';
    this.status = status;
  }
}

const CALL_MS = 60_000;
const HISTORY_PAGE = 25_000;
const SEARCH_PAGE = 1_000;

/** The calls of these tests against a server, over plain HTTP. Each throws RefusedCall unless the answer is 200. */
export type TrackingApi = ReturnType<typeof trackingApi>;

export const trackingApi = (url: string) => {
  const call = async (method: string, path: string, body?: string | Uint8Array<ArrayBuffer>): Promise<Response> => {
    const response = await fetch(`${url}/api/2.0/${path}`, {
      method,
      signal: AbortSignal.timeout(CALL_MS),
      ...(body === undefined ? {} : { body }),
      ...(typeof body === 'string' ? { headers: { 'content-type': 'application/json' } } : {}),
    });
    if (response.status === 200) return response;
    throw new RefusedCall(response.status, `${method} ${path.split('?')[0]}`, await response.text());
  };
  const post = async (path: string, body: object): Promise<unknown> =>
    (await call('POST', `mlflow/${path}`, JSON.stringify(body))).json();
  const get = async (path: string, query: Readonly<Record<string, string>>): Promise<unknown> =>
    (await call('GET', `mlflow/${path}?${new URLSearchParams(query)}`)).json();

  return {
    createExperiment: async (name: string): Promise<string> =>
      createdExperiment.parse(await post('experiments/create', { name })).experiment_id,
    createRun: async (experimentId: string): Promise<string> =>
      createdRun.parse(await post('runs/create', { experiment_id: experimentId })).run.info.run_id,
    logBatch: (runId: string, batch: Batch) => post('runs/log-batch', { run_id: runId, ...batch }),
    logMetric: (runId: string, logged: Point) => post('runs/log-metric', { run_id: runId, ...logged }),
    logParam: (runId: string, logged: Pair) => post('runs/log-parameter', { run_id: runId, ...logged }),
    setTag: (runId: string, logged: Pair) => post('runs/set-tag', { run_id: runId, ...logged }),
    getRun: async (runId: string): Promise<RunContent> => {
      const { data } = readRun.parse(await get('runs/get', { run_id: runId })).run;
      const metrics = new Map(data.metrics.map((one) => [one.key, one]));
      return { metrics, params: valuesOf(data.params), tags: valuesOf(data.tags) };
    },
    searchRunIds: async (experimentId: string): Promise<readonly string[]> => {
      const body = { experiment_ids: [experimentId], max_results: SEARCH_PAGE };
      const pages = await allPages(async (page_token) =>
        foundRuns.parse(await post('runs/search', { ...body, page_token })),
      );
      return pages.flatMap(({ runs }) => runs.map(({ info }) => info.run_id));
    },
    /** The whole history of a metric, in the server's order. */
    getHistory: async (runId: string, key: string): Promise<readonly Point[]> => {
      const query = { run_id: runId, metric_key: key, max_results: String(HISTORY_PAGE) };
      const pages = await allPages(async (token) =>
        history.parse(await get('metrics/get-history', token ? { ...query, page_token: token } : query)),
      );
      return pages.flatMap(({ metrics }) => metrics);
    },
    putArtifact: async (path: string, content: Uint8Array<ArrayBuffer>): Promise<void> => {
      await (await call('PUT', artifactPath(path), content)).arrayBuffer();
    },
    getArtifact: async (path: string): Promise<Uint8Array> =>
      new Uint8Array(await (await call('GET', artifactPath(path))).arrayBuffer()),
  };
};

const artifactPath = (path: string): string => `mlflow-artifacts/artifacts/${path}`;

interface Page {
  readonly next_page_token?: string | undefined;
}

const allPages = async <P extends Page>(read: (token: string | undefined) => Promise<P>): Promise<readonly P[]> => {
  const pages: P[] = [];
  let token: string | undefined;
  do {
    const page = await read(token);
    pages.push(page);
    token = page.next_page_token;
  } while (token);
  return pages;
};

const valuesOf = (all: readonly Pair[]): ReadonlyMap<string, string> =>
  new Map(all.map(({ key, value }) => [key, value]));
