import { requiredText } from '../../../protocol/common.ts';
import { message } from '../../../protocol/message.ts';
import { multipartOperation } from './multipart-operation.ts';

const request = message({
  path: requiredText('The file on the client’s disk; its last segment names the artifact'),
  upload_id: requiredText('What the start of the upload answered'),
});

/** Gives an upload up and drops its parts, however often it is asked for (MLflow: AbortMultipartUpload). */
export const abortMultipartUpload = multipartOperation({
  verb: 'abort',
  request,
  handle: async ({ upload_id }, path, { linksFor }, { origin }) => {
    await linksFor(origin).abortMultipart(path, upload_id);
    return {};
  },
});
