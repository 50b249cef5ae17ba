import { MlflowError } from '../../domain/errors.ts';
import { prefixed, type RawOperation } from '../operation.ts';

/** The client falls back to a plain PUT or GET only for 501 with exactly these first words (MLflow: mlflow_artifacts_repo). */
const refuse = (method: 'GET' | 'POST', path: string, what: string): RawOperation => ({
  kind: 'raw',
  method,
  paths: prefixed('2.0', `/mlflow-artifacts/${path}/:artifact_path{.+}`),
  respond: async () => {
    throw new MlflowError('NOT_IMPLEMENTED', `${what} is not supported for the current artifact repository`);
  },
});

/** The multipart and presigned ways, which come with the issue "Artifacts". */
export const unsupportedWays: readonly RawOperation[] = [
  refuse('POST', 'mpu/create', 'Multipart upload'),
  refuse('POST', 'mpu/complete', 'Multipart upload'),
  refuse('POST', 'mpu/abort', 'Multipart upload'),
  refuse('GET', 'presigned', 'Multipart download'),
];
