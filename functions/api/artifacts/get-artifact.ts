import { safeArtifactPath } from '../../domain/artifact-path.ts';
import { invalidParameter } from '../../domain/errors.ts';
import { missingValue } from '../../domain/messages.ts';
import { artifactResponse } from '../mlflow-artifacts/artifact-response.ts';
import type { RawOperation } from '../operation.ts';
import { proxiedPath } from './proxied-path.ts';

/** A file of a run, for browsers (MLflow: /get-artifact). */
export const getArtifact: RawOperation = {
  kind: 'raw',
  method: 'GET',
  paths: ['/get-artifact'],
  respond: async ({ request, query }, services) => {
    const runId = query.get('run_id') || query.get('run_uuid');
    const path = query.get('path');
    if (!runId) throw invalidParameter(missingValue('run_id'));
    if (path === null) throw invalidParameter(missingValue('path'));
    const safe = safeArtifactPath(path);
    const { run } = await services.store.getRun(runId);
    return artifactResponse(services, `${proxiedPath(run.artifactUri, services.bucketRoot)}/${safe}`, request);
  },
};
