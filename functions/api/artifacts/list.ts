import { safeArtifactPath } from '../../domain/artifact-path.ts';
import { pageToken, RUN_UUID, runId } from '../../protocol/common.ts';
import { message } from '../../protocol/message.ts';
import { text } from '../../protocol/scalars.ts';
import { defineOperation } from '../operation.ts';
import { listBelow } from './list-below.ts';

const request = message(
  { run_id: runId, path: text('Folder below the run’s artifact root'), page_token: pageToken },
  RUN_UUID,
);

export const listArtifacts = defineOperation({
  method: 'GET',
  path: '/mlflow/artifacts/list',
  since: '2.0',
  request,
  handle: async ({ run_id: id, path }, services) => {
    const folder = safeArtifactPath(path ?? '');
    const { run } = await services.store.getRun(id);
    return listBelow(services, run.artifactUri, folder);
  },
});
