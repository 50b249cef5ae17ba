import { attachment } from '../domain/attachment.ts';
import { mimeTypeOf } from '../domain/mime-type.ts';
import { keyOf } from './artifact-key.ts';

/** Where a file goes, and the headers that it comes back with. */
export interface PutTarget {
  readonly Bucket: string;
  readonly Key: string;
  readonly ContentType?: string;
  readonly ContentDisposition?: string;
}

/** Of a file by its path; what S3 tells of it to those who fetch it from there is what the edge has it store, too. */
export function putTargetOf(bucket: string, path: string): PutTarget {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    Bucket: bucket,
    Key: keyOf(path),
    ContentType: mimeTypeOf(name),
    ContentDisposition: attachment(name, name.normalize('NFKD')),
  };
}
