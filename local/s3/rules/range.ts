import type { ByteSpan } from '../disk/blob-store.ts';
import { S3Error } from '../s3-error.ts';

const unsatisfiable = (sizeBytes: number): S3Error =>
  new S3Error('InvalidRange', 'The requested range is not satisfiable', {
    headers: { 'content-range': `bytes */${sizeBytes}` },
  });

/**
 * The span of a Range header (`bytes=a-b`, `bytes=a-`, `bytes=-n`); undefined when there is none, when it is no byte range, or when it
 * names several (S3 then sends everything); 416 InvalidRange when it starts behind the end.
 */
export const parseRange = (range: string | undefined, sizeBytes: number): ByteSpan | undefined => {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range?.trim() ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  if (from === '') {
    const length = Math.min(Number(to), sizeBytes);
    if (length === 0) throw unsatisfiable(sizeBytes);
    return { first: sizeBytes - length, last: sizeBytes - 1 };
  }
  const first = Number(from);
  const last = to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (to !== '' && Number(to) < first) return undefined;
  if (first >= sizeBytes) throw unsatisfiable(sizeBytes);
  return { first, last };
};

/** The span of `x-amz-copy-source-range`, which must be `bytes=a-b` inside the source. */
export const parseCopyRange = (range: string, sizeBytes: number): ByteSpan => {
  const [, from, to] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(range) ?? [];
  const span = { first: Number(from), last: Number(to) };
  if (from === undefined || to === undefined || span.first > span.last) {
    throw new S3Error(
      'InvalidArgument',
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    );
  }
  if (span.last >= sizeBytes) {
    throw new S3Error('InvalidRange', `Range specified is not valid for source object of size: ${sizeBytes}`);
  }
  return span;
};
