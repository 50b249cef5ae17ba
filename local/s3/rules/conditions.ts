import type { StoredObject } from '../disk/state.ts';
import { noSuchKey, preconditionFailed, S3Error } from '../s3-error.ts';

type Headers = Readonly<Record<string, string>>;

/** `If-Match` lists: `*`, or entity tags with or without quotes. */
const matches = (list: string, etag: string): boolean =>
  list
    .split(',')
    .map((tag) =>
      tag
        .trim()
        .replace(/^W\//, '')
        .replace(/^"(.*)"$/, '$1'),
    )
    .some((tag) => tag === '*' || tag === etag);

const parseHttpDate = (text: string | undefined): number | undefined => {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
};

// HTTP dates have whole seconds.
const isModifiedSince = (object: StoredObject, sinceMs: number): boolean =>
  Math.floor(object.modifiedMs / 1000) > Math.floor(sinceMs / 1000);

type Verdict =
  | { readonly kind: 'go' }
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'failed'; readonly condition: string };

const judge = (headers: Headers, prefix: string, object: StoredObject): Verdict => {
  const ifMatch = headers[`${prefix}if-match`];
  const unmodifiedSince = parseHttpDate(headers[`${prefix}if-unmodified-since`]);
  const ifNoneMatch = headers[`${prefix}if-none-match`];
  const modifiedSince = parseHttpDate(headers[`${prefix}if-modified-since`]);
  if (ifMatch !== undefined && !matches(ifMatch, object.etag)) return { kind: 'failed', condition: 'If-Match' };
  if (ifMatch === undefined && unmodifiedSince !== undefined && isModifiedSince(object, unmodifiedSince)) {
    return { kind: 'failed', condition: 'If-Unmodified-Since' };
  }
  if (ifNoneMatch !== undefined) return matches(ifNoneMatch, object.etag) ? { kind: 'not-modified' } : { kind: 'go' };
  const isUnchanged = modifiedSince !== undefined && !isModifiedSince(object, modifiedSince);
  return isUnchanged ? { kind: 'not-modified' } : { kind: 'go' };
};

/** For reads: 412 PreconditionFailed, or 304 NotModified with the given headers (RFC 9110 section 13.2.2 gives the order). */
export const checkReadConditions = (headers: Headers, object: StoredObject, replyHeaders: Headers): void => {
  const verdict = judge(headers, '', object);
  if (verdict.kind === 'failed') throw preconditionFailed(verdict.condition);
  if (verdict.kind === 'not-modified') throw new S3Error('NotModified', 'Not Modified', { headers: replyHeaders });
};

/** For the source of a copy (`x-amz-copy-source-if-*`): any condition that does not hold is 412. */
export const checkCopyConditions = (headers: Headers, source: StoredObject): void => {
  const verdict = judge(headers, 'x-amz-copy-source-', source);
  if (verdict.kind !== 'go') throw preconditionFailed('x-amz-copy-source-If-*');
};

/** For writes: `If-None-Match: *` is 412 when the key exists, `If-Match` 404 when it does not and 412 when it differs. */
export const checkWriteConditions = (headers: Headers, existing: StoredObject | undefined): void => {
  const ifNoneMatch = headers['if-none-match'];
  const ifMatch = headers['if-match'];
  if (ifNoneMatch !== undefined && ifNoneMatch.trim() !== '*') {
    throw new S3Error('NotImplemented', 'A header you provided implies functionality that is not implemented');
  }
  if (ifNoneMatch !== undefined && existing !== undefined) throw preconditionFailed('If-None-Match');
  if (ifMatch === undefined) return;
  if (existing === undefined) throw noSuchKey();
  if (!matches(ifMatch, existing.etag)) throw preconditionFailed('If-Match');
};

/** `If-Range`: a Range header counts only if the object is still the named one. */
export const isRangeStillValid = (ifRange: string | undefined, object: StoredObject): boolean => {
  if (ifRange === undefined) return true;
  const date = ifRange.includes('"') ? undefined : parseHttpDate(ifRange);
  return date === undefined ? ifRange.trim() === `"${object.etag}"` : !isModifiedSince(object, date);
};
