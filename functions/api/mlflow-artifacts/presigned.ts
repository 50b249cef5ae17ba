import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';
import { downloadLink } from './download-link.ts';
import { filePath } from './file-path.ts';

/** Where the client gets a file from by itself, in ranges at once when it is large (MLflow: GetPresignedDownloadUrl). */
export const presignedDownload = defineOperation({
  method: 'GET',
  path: '/mlflow-artifacts/presigned/:artifact_path{.+}',
  since: '2.0',
  request: message({}),
  handle: async (_, services, { origin, params }) => {
    const { url, sizeBytes } = await downloadLink(services, { path: filePath(params.artifact_path ?? ''), origin });
    return { url, headers: {}, file_size: sizeBytes };
  },
});
