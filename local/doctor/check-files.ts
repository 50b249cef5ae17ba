import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { checkParts } from './check-parts.ts';
import { type Answer, type Ask, jsonOf, said } from './connection.ts';
import { type Finding, fault, good, note } from './finding.ts';
import { FILE_TIMEOUT_MS, FILES, KB, LARGE_BYTES, readBack, sizeText } from './read-back.ts';

const API = '/api/2.0/mlflow';

const createdRun = z.object({ run: z.object({ info: z.object({ run_id: z.string(), artifact_uri: z.string() }) }) });
const loggedRun = z.object({
  run: z.object({ data: z.object({ metrics: z.array(z.object({ value: z.number() })) }) }),
});

/** Logs to a run, sends files each way and gets them back; the run and its files are deleted again. */
export async function checkFiles(ask: Ask, experimentId: string): Promise<readonly Finding[]> {
  const tags = [{ key: 'mlflow.runName', value: 'tracklet doctor' }];
  const made = await ask({ method: 'POST', path: `${API}/runs/create`, json: { experiment_id: experimentId, tags } });
  const created = createdRun.safeParse(jsonOf(made));
  if (!created.success) return [fault('a run', `cannot be made: ${said(made)}`)];
  const { run_id: runId, artifact_uri: uri } = created.data.run.info;
  try {
    return [await checkRun(ask, runId), ...(await checkRoads(ask, uri))];
  } finally {
    await ask({ method: 'POST', path: `${API}/runs/delete`, json: { run_id: runId } });
  }
}

async function checkRun(ask: Ask, runId: string): Promise<Finding> {
  const metric = { run_id: runId, key: 'doctor', value: 0.5, timestamp: 1, step: 1 };
  const logged = await ask({ method: 'POST', path: `${API}/runs/log-metric`, json: metric });
  const read = loggedRun.safeParse(jsonOf(await ask({ path: `${API}/runs/get?run_id=${runId}` })));
  const isThere = read.success && read.data.run.data.metrics.some(({ value }) => value === metric.value);
  return isThere
    ? good('a run', `made, a metric logged in ${logged.tookMs} ms and read back`)
    : fault('a run', `was made, but a metric was not logged: ${said(logged)}`);
}

async function checkRoads(ask: Ask, uri: string): Promise<readonly Finding[]> {
  const root = /^mlflow-artifacts:\/*(.*)$/.exec(uri)?.[1];
  if (root === undefined) {
    return [note('files', `go to ${uri} with the client's own credentials; that road is not looked at`)];
  }
  const folder = `${root.split('/').map(encodeURIComponent).join('/')}/doctor`;
  return [
    await checkFile(ask, `${folder}/small.bin`, KB),
    await checkFile(ask, `${folder}/large.bin`, LARGE_BYTES),
    await checkParts(ask, folder, 'parts.bin'),
  ];
}

async function checkFile(ask: Ask, path: string, sizeBytes: number): Promise<Finding> {
  const subject = `a file of ${sizeText(sizeBytes)}`;
  const bytes = randomBytes(sizeBytes);
  const url = `${FILES}/artifacts/${path}`;
  const sent = await ask({ method: 'PUT', path: url, bytes, timeoutMs: FILE_TIMEOUT_MS });
  if (sent.status !== 200) return fault(subject, notSent(sent));
  return readBack(ask, { subject, url, bytes, sentMs: sent.tookMs });
}

const notSent = (answer: Answer): string =>
  answer.status === 413
    ? `is too large for this address (413): it is the API's own; the distribution's (output TrackingUri) takes files of any size`
    : `cannot be sent: ${said(answer)}`;
