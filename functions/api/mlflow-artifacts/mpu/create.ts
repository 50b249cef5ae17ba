import type { ArtifactLinks } from '../../../artifacts/artifact-links.ts';
import { invalidParameter } from '../../../domain/errors.ts';
import { MAX_UPLOAD_PARTS } from '../../../domain/limits.ts';
import { requiredText } from '../../../protocol/common.ts';
import { message } from '../../../protocol/message.ts';
import { int64, withDefault } from '../../../protocol/scalars.ts';
import { multipartOperation } from './multipart-operation.ts';

const request = message({
  path: requiredText('The file on the client’s disk; its last segment names the artifact'),
  num_parts: withDefault(int64('How many parts the file comes in, 1 to 10,000'), 0),
});

/** Starts an upload in parts and gives a URL for each of them (MLflow: CreateMultipartUpload). */
export const createMultipartUpload = multipartOperation({
  verb: 'create',
  request,
  handle: async ({ num_parts }, path, { linksFor, maxPageBytes }, { origin }) => {
    const count = checkedCount(num_parts);
    const links = linksFor(origin);
    await checkAnswerSize(links, path, { count, maxBytes: maxPageBytes });
    const uploadId = await links.startMultipart(path);
    const urls = await links.partUrls(path, uploadId, count);
    return {
      upload_id: uploadId,
      credentials: urls.map((url, at) => ({ url, part_number: at + 1, headers: {} })),
    };
  },
});

function checkedCount(count: number | bigint): number {
  if (count >= 1 && count <= MAX_UPLOAD_PARTS) return Number(count);
  throw invalidParameter(`num_parts must be between 1 and ${MAX_UPLOAD_PARTS} (got ${count}).`);
}

/** As long as those of S3 get. */
const SOME_UPLOAD_ID = 'x'.repeat(160);
/** Of one credential, around its URL. */
const FRAME_BYTES = 48;

/** Nothing is started that could not be told: a URL signed with a role's session takes 1.5 to 2 KB. */
async function checkAnswerSize(
  links: ArtifactLinks,
  path: string,
  { count, maxBytes }: { readonly count: number; readonly maxBytes: number },
): Promise<void> {
  const [url = ''] = await links.partUrls(path, SOME_UPLOAD_ID, 1);
  const maxCount = Math.floor(maxBytes / (url.length + FRAME_BYTES));
  if (count <= maxCount) return;
  throw invalidParameter(
    `The URLs of ${count} parts are more than this endpoint can answer at once, which is ${maxCount}. ` +
      'Raise MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE, the size of a part in bytes, where the client runs.',
  );
}
