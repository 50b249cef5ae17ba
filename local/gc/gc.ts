import { operations } from '../../functions/api/index.ts';
import { createApp } from '../../functions/http/app.ts';
import { errorText } from '../../functions/platform/describe-error.ts';
import { sleep } from '../../functions/platform/system.ts';
import { openBackend } from '../backend.ts';
import { CommandError } from '../command-error.ts';
import { lockDataDir } from '../lock.ts';
import { startStores } from '../stores.ts';
import { reasonOf } from '../unreachable.ts';
import { type GcAnswer, type GcReport, gcAnswer, refusalOf } from './gc-answer.ts';
import type { GcOptions, GcTarget } from './gc-options.ts';
import { stepLines, summaryLines } from './report-lines.ts';

/** Answers a request: a server, or the app in this process. */
type Answer = (request: Request) => Promise<Response>;

const PATH = '/api/2.0/tracklet/gc';
/** Answers after which the stock client tries again. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);
/** MLflow's whole answer to who may not. */
const PERMISSION_DENIED = 'Permission denied';
/** As the stock client finds them (MLflow: tracking/_tracking_service/utils.py). */
const WHO = 'say who you are by MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or by MLFLOW_TRACKING_TOKEN.';
const MAX_TRIES = 6;
const FIRST_PAUSE_MS = 500;

/** Collects garbage step by step until all is done; prints what became of it. The exit code is 1 when something failed. */
export async function gc(options: GcOptions): Promise<void> {
  const { target } = options;
  const isClean = await (target.kind === 'url' ? throughServer(target, options) : inDataDir(target.dataDir, options));
  if (!isClean) process.exitCode = 1;
}

const throughServer = ({ url, authorization }: Extract<GcTarget, { kind: 'url' }>, options: GcOptions) => {
  const answer: Answer = async (request) => {
    if (authorization !== undefined) request.headers.set('authorization', authorization);
    return fetch(request);
  };
  return collect(answer, url, options);
};

async function inDataDir(dataDir: string, options: GcOptions): Promise<boolean> {
  const report = (message: string, cause: unknown) => console.error(`error: ${message}`, errorText(cause));
  const lock = await lockDataDir(dataDir);
  try {
    const stores = await startStores({ dataDir, engine: undefined, log: (line) => console.error(line) });
    const { services, settle } = openBackend(stores, report);
    const app = createApp(operations, services, { report });
    const answer: Answer = async (request) => app.fetch(request);
    return await collect(answer, 'http://127.0.0.1', options).finally(settle).finally(stores.stop);
  } finally {
    await lock.release();
  }
}

async function collect(answer: Answer, url: string, options: GcOptions): Promise<boolean> {
  const reports: GcReport[] = [];
  let isClean = true;
  let token: string | undefined;
  do {
    const step: GcAnswer = await takeStep(answer, url, bodyOf(options, token));
    for (const line of stepLines(step.report, options.isDryRun)) console.log(line);
    reports.push(step.report);
    isClean &&= step.is_complete;
    token = step.next_page_token;
  } while (token !== undefined);
  for (const line of summaryLines(reports, options.isDryRun)) console.log(line);
  return isClean;
}

const bodyOf = (options: GcOptions, token: string | undefined): string =>
  JSON.stringify({
    older_than_ms: options.olderThanMs,
    run_ids: options.runIds,
    experiment_ids: options.experimentIds,
    logged_model_ids: options.modelIds,
    dry_run: options.isDryRun,
    page_token: token,
  });

/** A step may be taken again: what it removed is gone, and it goes on with the rest. */
async function takeStep(answer: Answer, url: string, body: string): Promise<GcAnswer> {
  for (let tries = 1; ; tries += 1) {
    const response = await sendOnce(answer, url, body);
    if (!PASSING.has(response.status) || tries === MAX_TRIES) return readAnswer(response, url);
    await response.body?.cancel();
    await sleep(FIRST_PAUSE_MS * 2 ** (tries - 1));
  }
}

async function sendOnce(answer: Answer, url: string, body: string): Promise<Response> {
  const request = new Request(url + PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  try {
    return await answer(request);
  } catch (error) {
    throw new CommandError(
      `no server answers at ${url} (${reasonOf(error)}). Start it with 'tracklet serve', name another one with --url, or give the folder of a ` +
        'stopped one with --data-dir.',
      1,
    );
  }
}

async function readAnswer(response: Response, url: string): Promise<GcAnswer> {
  const text = await response.text();
  if (response.status === 401 || text === PERMISSION_DENIED) {
    throw new CommandError(`${url} lets admins alone do this; ${WHO}`, 1);
  }
  const body = jsonOf(text);
  const answer = response.ok ? gcAnswer.safeParse(body) : undefined;
  if (answer?.success) return answer.data;
  const refusal = refusalOf.safeParse(body);
  if (!refusal.success || refusal.data.error_code === 'ENDPOINT_NOT_FOUND') {
    throw new CommandError(`${url} answers ${response.status}, but not as Tracklet does; is it one?`, 1);
  }
  throw new CommandError(`${url} refuses: ${refusal.data.message}`, 1);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
