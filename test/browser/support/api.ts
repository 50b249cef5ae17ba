type Fields = object;

interface RunProps {
  readonly name?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly status?: 'RUNNING' | 'FINISHED' | 'FAILED';
  readonly startTime?: number;
}

/** MLflow's calls, as a client makes them. */
export interface Api {
  readonly post: <T>(path: string, body: Fields) => Promise<T>;
  /** The same of Tracklet's own. */
  readonly postTracklet: <T>(path: string, body: Fields) => Promise<T>;
  /** Puts a file below the artifact root. */
  readonly putFile: (path: string, body: string | Uint8Array<ArrayBuffer>) => Promise<void>;
  readonly createExperiment: (name: string) => Promise<string>;
  readonly createRun: (experimentId: string, run?: RunProps) => Promise<string>;
}

const entries = (values: Readonly<Record<string, unknown>> = {}) =>
  Object.entries(values).map(([key, value]) => ({ key, value }));

/** Calls of a server; `authorization` is the header that says who calls, where it asks. */
export function apiOf(url: string, authorization?: string): Api {
  const postTo = async <T>(path: string, body: Fields): Promise<T> => {
    const response = await fetch(`${url}/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${text}`);
    // The shape of an answer is MLflow's.
    return JSON.parse(text) as T;
  };
  const post = <T>(path: string, body: Fields) => postTo<T>(`2.0/mlflow/${path}`, body);
  const postTracklet = <T>(path: string, body: Fields) => postTo<T>(`2.0/tracklet/${path}`, body);
  const putFile = async (path: string, body: string | Uint8Array<ArrayBuffer>): Promise<void> => {
    const place = path.split('/').map(encodeURIComponent).join('/');
    const response = await fetch(`${url}/api/2.0/mlflow-artifacts/artifacts/${place}`, {
      method: 'PUT',
      headers: authorization ? { authorization } : {},
      body,
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  };
  const createExperiment = async (name: string) =>
    (await post<{ experiment_id: string }>('experiments/create', { name })).experiment_id;
  const createRun = async (
    experimentId: string,
    { name, params, metrics, tags, status = 'FINISHED', startTime = Date.now() }: RunProps = {},
  ) => {
    const { run } = await post<{ run: { info: { run_id: string } } }>('runs/create', {
      experiment_id: experimentId,
      run_name: name,
      start_time: startTime,
      tags: entries(tags),
    });
    const runId = run.info.run_id;
    // NaN goes as a text (proto3 JSON).
    const points = Object.entries(metrics ?? {}).map(([key, value]) => ({
      key,
      value: Number.isFinite(value) ? value : String(value),
      timestamp: startTime,
      step: 1,
    }));
    await post('runs/log-batch', { run_id: runId, params: entries(params), metrics: points });
    if (status !== 'RUNNING') await post('runs/update', { run_id: runId, status, end_time: startTime + 1000 });
    return runId;
  };
  return { post, postTracklet, putFile, createExperiment, createRun };
}
