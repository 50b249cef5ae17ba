import { invalidParameter } from '../../domain/errors.ts';
import { requiredText, textOrEmpty } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { int64, text, withDefault } from '../../protocol/scalars.ts';
import type { Store } from '../../store/store.ts';
import { getLoggedModel } from '../logged-models/model-reference.ts';
import { newFilePath } from '../mlflow-artifacts/file-path.ts';
import { defineOperation } from '../operation.ts';
import { checkedExpiration } from './expiration.ts';
import { proxiedPath } from './proxied-path.ts';

/** MLflow: _create_presigned_upload_url. */
const DEFAULT_EXPIRATION_SECONDS = 900;

const request = message({
  run_id: textOrEmpty('The run that gets the file; this or model_id'),
  model_id: textOrEmpty('The logged model that gets the file; this or run_id'),
  path: requiredText('Where the file goes below the artifact root of the run or model'),
  expiration: withDefault(int64('How long the URL works, in seconds, 1 to 604,800'), DEFAULT_EXPIRATION_SECONDS),
  checksum_sha256: text('SHA-256 of the file in base64; S3 then takes no other bytes. Not in MLflow'),
});

/** A URL to PUT a file of a run or logged model to, without us (MLflow: CreatePresignedUploadUrl). */
export const presignedUploadUrl = defineOperation({
  method: 'POST',
  path: '/mlflow/artifacts/presigned-upload-url',
  since: '2.0',
  request,
  handle: async (input, { store, linksFor, bucketRoot }, { origin }) => {
    const { run_id, model_id, path, expiration, checksum_sha256: checksum } = input;
    if ((run_id === '') === (model_id === '')) {
      throw invalidParameter('Exactly one of run_id and model_id must be provided.');
    }
    const safe = newFilePath(path);
    const expiresInSeconds = checkedExpiration(expiration);
    checkDigest(checksum);
    const root = proxiedPath(await artifactUriOf(store, run_id, model_id), bucketRoot);
    const { url, headers } = await linksFor(origin).upload(`${root}/${safe}`, expiresInSeconds, checksum);
    return { presigned_url: url, headers };
  },
});

async function artifactUriOf(store: Store, runId: string, modelId: string): Promise<string> {
  if (runId !== '') return (await store.getRun(runId)).run.artifactUri;
  return (await getLoggedModel(store, modelId)).model.artifactUri;
}

function checkDigest(checksum: string | undefined): void {
  if (checksum === undefined || /^[A-Za-z0-9+/]{43}=$/.test(checksum)) return;
  throw invalidParameter(`checksum_sha256 must be the 32 bytes of a SHA-256 in base64 (got '${checksum}').`);
}
