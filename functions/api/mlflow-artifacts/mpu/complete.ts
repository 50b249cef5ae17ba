import type { UploadedPart } from '../../../artifacts/artifact-links.ts';
import { invalidParameter } from '../../../domain/errors.ts';
import { MAX_UPLOAD_PARTS } from '../../../domain/limits.ts';
import { requiredText } from '../../../protocol/common.ts';
import { message, required, requiredList } from '../../../protocol/message.ts';
import { int32, text } from '../../../protocol/scalars.ts';
import { multipartOperation } from './multipart-operation.ts';

const part = message({
  part_number: required(int32('Place of the part, from 1')),
  etag: requiredText('The header ETag of the answer to its upload'),
  url: text('Where it was uploaded to; not used'),
});

const request = message({
  path: requiredText('The file on the client’s disk; its last segment names the artifact'),
  upload_id: requiredText('What the start of the upload answered'),
  parts: requiredList(part, 'All parts, in ascending order'),
});

/** Makes a file of its parts; until then nothing lists (MLflow: CompleteMultipartUpload). */
export const completeMultipartUpload = multipartOperation({
  verb: 'complete',
  request,
  handle: async ({ upload_id, parts }, path, { linksFor }, { origin }) => {
    const uploaded = parts.map(({ part_number, etag }) => ({ partNumber: part_number, etag }));
    checkOrder(uploaded);
    await linksFor(origin).completeMultipart(path, upload_id, uploaded);
    return {};
  },
});

function checkOrder(parts: readonly UploadedPart[]): void {
  if (parts.length === 0) throw invalidParameter('Invalid parts: there must be at least one.');
  const numbers = parts.map(({ partNumber }) => partNumber);
  const isAscending = numbers.every((number, at) => number > (numbers[at - 1] ?? 0));
  if (isAscending && Number(numbers.at(-1)) <= MAX_UPLOAD_PARTS) return;
  throw invalidParameter(
    `Invalid parts: each part_number from 1 to ${MAX_UPLOAD_PARTS} may be there once, in ascending order.`,
  );
}
