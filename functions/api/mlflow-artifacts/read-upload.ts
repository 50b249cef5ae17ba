import type { ArtifactUpload } from '../../artifacts/artifact-store.ts';
import { MlflowError } from '../../domain/errors.ts';

/**
 * The body of an upload, unread. Without Content-Length (the client's empty files) its size shows only at its end, unless
 * there is a limit: such a body is in memory already. Throws REQUEST_TOO_LARGE above `maxBytes`, whatever has arrived.
 */
export async function readUpload(request: Request, maxBytes: number): Promise<ArtifactUpload> {
  const length = request.headers.get('content-length');
  if (length !== null) {
    checkSize(Number(length), maxBytes);
    return { body: request.body, sizeBytes: Number(length) };
  }
  if (maxBytes === Number.POSITIVE_INFINITY) return { body: request.body, sizeBytes: undefined };
  const data = await request.arrayBuffer();
  checkSize(data.byteLength, maxBytes);
  return { body: new Blob([data]).stream(), sizeBytes: data.byteLength };
}

/** 413 is the last word for the stock client, which shows the message; it would repeat a 5xx for minutes. */
function checkSize(sizeBytes: number, maxBytes: number): void {
  if (sizeBytes <= maxBytes) return;
  throw new MlflowError(
    'REQUEST_TOO_LARGE',
    `The file of ${sizeBytes} bytes is beyond the ${maxBytes} that this endpoint takes in one request. Two ways take it: ` +
      "the distribution's URL as the tracking URI (the output TrackingUri of the Web stack), or an upload in parts: set " +
      'MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE=5242880 where the client runs.',
  );
}
