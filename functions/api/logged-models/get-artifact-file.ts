import { safeArtifactPath } from '../../domain/artifact-path.ts';
import { badRequest } from '../../domain/errors.ts';
import { proxiedPath } from '../artifacts/proxied-path.ts';
import { artifactResponse } from '../mlflow-artifacts/artifact-response.ts';
import { prefixed, type RawOperation } from '../operation.ts';
import { getLoggedModel } from './model-reference.ts';

/** A file of a logged model, for browsers (MLflow: get_logged_model_artifact_handler). */
export const getModelArtifactFile: RawOperation = {
  kind: 'raw',
  method: 'GET',
  paths: prefixed('2.0', '/mlflow/logged-models/:model_id/artifacts/files', 'ajax'),
  respond: async ({ request, params, query }, services) => {
    const path = query.get('artifact_file_path');
    if (!path) throw badRequest('Request must include the "artifact_file_path" query parameter.');
    const safe = safeArtifactPath(path);
    const { model } = await getLoggedModel(services.store, params.model_id ?? '');
    return artifactResponse(services, `${proxiedPath(model.artifactUri, services.bucketRoot)}/${safe}`, request);
  },
};
