import { safeArtifactPath } from '../../domain/artifact-path.ts';
import { requiredText, runId } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { int64, withDefault } from '../../protocol/scalars.ts';
import { DOWNLOAD_TTL_SECONDS, downloadLink } from '../mlflow-artifacts/download-link.ts';
import { defineOperation } from '../operation.ts';
import { checkedExpiration } from './expiration.ts';
import { proxiedPath } from './proxied-path.ts';

const request = message({
  run_id: runId,
  path: requiredText('The file below the run’s artifact root'),
  expiration: withDefault(int64('How long the URL works, in seconds, 1 to 604,800'), DOWNLOAD_TTL_SECONDS),
});

/** A URL to get a run's file from, without us (MLflow: CreatePresignedDownloadUrl). */
export const presignedDownloadUrl = defineOperation({
  method: 'POST',
  path: '/mlflow/artifacts/presigned-download-url',
  since: '2.0',
  request,
  handle: async ({ run_id, path, expiration }, services, { origin }) => {
    const safe = safeArtifactPath(path);
    const expiresInSeconds = checkedExpiration(expiration);
    const { run } = await services.store.getRun(run_id);
    const file = `${proxiedPath(run.artifactUri, services.bucketRoot)}/${safe}`;
    const { url, sizeBytes } = await downloadLink(services, { path: file, origin, expiresInSeconds });
    return { presigned_url: url, headers: {}, file_size: sizeBytes };
  },
});
