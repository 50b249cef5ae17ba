import { message } from '../../protocol/message.ts';
import { defineOperation } from '../operation.ts';

/** What the client turns on by itself. */
export const serverInfo = defineOperation({
  method: 'GET',
  path: '/mlflow/server-info',
  since: '3.0',
  request: message({}),
  handle: async (_, { downloads }) => ({
    // The client only asks whether it is a FileStore; ours is as able as its SqlStore.
    store_type: 'SqlStore',
    workspaces_enabled: false,
    trace_archival_enabled: false,
    multipart_uploads_enabled: true,
    // For every file the client then asks for a URL first. Where a plain GET streams, that is a way more for nothing.
    multipart_downloads_enabled: downloads === 'redirect',
    presigned_upload_run_id_supported: true,
    presigned_upload_model_id_supported: true,
    features_enabled: { gateway: false },
  }),
});
