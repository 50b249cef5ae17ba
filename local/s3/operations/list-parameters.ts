import { S3Error } from '../s3-error.ts';
import { uriEncodePath } from '../wire/uri-encode.ts';

const MAX_PAGE = 1000;

/** A page size of a query: at most 1,000, which is also the default; 400 InvalidArgument when it is no number. */
export const parsePageSize = (query: URLSearchParams, name: string): number => {
  const text = query.get(name) ?? '';
  if (text === '') return MAX_PAGE;
  if (!/^\d{1,10}$/.test(text)) {
    throw new S3Error('InvalidArgument', `Argument ${name} must be an integer between 0 and 2147483647`);
  }
  return Math.min(Number(text), MAX_PAGE);
};

/** How names are written in a listing: as they are, or percent-encoded (`encoding-type=url`). */
export const nameEncoder = (query: URLSearchParams): ((name: string) => string) => {
  const type = query.get('encoding-type');
  if (type === null || type === '') return (name) => name;
  if (type === 'url') return uriEncodePath;
  throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request');
};
