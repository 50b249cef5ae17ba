import { safeArtifactPath } from '../../domain/artifact-path.ts';
import { invalidParameter } from '../../domain/errors.ts';
import { prefixed, type RawOperation } from '../operation.ts';
import { proxiedPath } from './proxied-path.ts';

/** MLflow: upload_artifact_handler. */
const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;

/** A small file from a browser, kept with a run. */
export const uploadArtifact: RawOperation = {
  kind: 'raw',
  method: 'POST',
  paths: prefixed('2.0', '/mlflow/upload-artifact', 'ajax'),
  respond: async ({ request, query }, { store, artifacts, bucketRoot }) => {
    const runId = query.get('run_uuid');
    const path = query.get('path');
    if (!runId) throw invalidParameter('Request must specify run_uuid.');
    if (!path) throw invalidParameter('Request must specify path.');
    const safe = safeArtifactPath(path);
    if (safe === '') throw invalidParameter('Invalid path');
    const data = await readBody(request);
    const { run } = await store.getRun(runId);
    const upload = { body: new Blob([data]).stream(), sizeBytes: data.byteLength };
    await artifacts.put(`${proxiedPath(run.artifactUri, bucketRoot)}/${safe}`, upload);
    return new Response('{}', { headers: { 'content-type': 'application/json' } });
  },
};

async function readBody(request: Request): Promise<ArrayBuffer> {
  const tooLarge = invalidParameter('Artifact size is too large. Max size is 10MB.');
  if (Number(request.headers.get('content-length') ?? 0) > MAX_UPLOAD_BYTES) throw tooLarge;
  const data = await request.arrayBuffer();
  if (data.byteLength === 0) throw invalidParameter('Request must specify data.');
  if (data.byteLength > MAX_UPLOAD_BYTES) throw tooLarge;
  return data;
}
