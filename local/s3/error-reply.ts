import { S3Error } from './s3-error.ts';
import type { S3Reply } from './s3-reply.ts';
import { errorDocument } from './wire/write-xml.ts';

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

const CLIENT_LEFT: readonly unknown[] = ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_DESTROYED'];

/** Says on stderr what went wrong here; a client that left is no error. */
export const warnUnlessClientLeft = (error: unknown): void => {
  if (CLIENT_LEFT.includes(codeOf(error))) return;
  process.emitWarning(error instanceof Error ? error : String(error));
};

/** Errors of the machine in S3's terms; what nobody foresaw is a 500, and said on stderr. */
const toS3Error = (error: unknown): S3Error => {
  if (error instanceof S3Error) return error;
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    // Not 500 or 503: clients would send the file again and again.
    return new S3Error('InsufficientStorage', 'There is not enough space left on the disk.', { cause: error });
  }
  if (code === 'ECONNRESET')
    return new S3Error('IncompleteBody', 'The connection was closed before the body was complete.');
  warnUnlessClientLeft(error);
  return new S3Error('InternalError', 'We encountered an internal error. Please try again.', { cause: error });
};

/** The XML answer to an error; no body where HTTP allows none. */
export const errorReply = (
  error: unknown,
  request: { method: string; resource: string; requestId: string },
): S3Reply => {
  const { code, headers, message, status } = toS3Error(error);
  const { method, resource, requestId } = request;
  if (status === 304) return { status, headers };
  if (method === 'HEAD') return { status, headers, error: { code, message } };
  return {
    status,
    error: { code, message },
    headers: { ...headers, 'content-type': 'application/xml' },
    body: errorDocument({ code, message, resource, requestId }),
  };
};
