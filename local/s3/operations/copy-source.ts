import type { ChecksumAlgorithm } from '../body/checksum.ts';
import { createChecksum, createMd5 } from '../body/checksum.ts';
import type { ByteSpan } from '../disk/blob-store.ts';
import type { ObjectStore } from '../disk/object-store.ts';
import type { BlobRef, StoredObject } from '../disk/state.ts';
import { checkCopyConditions } from '../rules/conditions.ts';
import { noSuchKey, S3Error } from '../s3-error.ts';
import type { S3Context, SignedRequest } from '../s3-operation.ts';
import { splitPath } from '../s3-request.ts';

/** Where a copy comes from. */
export type CopySource = { readonly bucket: string; readonly object: StoredObject };

/** Bytes copied into a blob of their own, not yet referred to. */
type CopiedBlob = { readonly blob: BlobRef; readonly etag: string; readonly checksum?: string };

const invalidSource = (): S3Error =>
  new S3Error('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey');

const parseSource = (header: string): { readonly bucket: string; readonly key: string } => {
  const [path = '', version] = header.split('?versionId=');
  if (version !== undefined && version !== 'null')
    throw new S3Error('NotImplemented', 'This server keeps no versions.');
  try {
    const source = splitPath(`/${decodeURIComponent(path).replace(/^\//, '')}`);
    if (source.key !== '') return source;
  } catch (cause) {
    if (cause instanceof S3Error) throw cause;
  }
  throw invalidSource();
};

/** The object that `x-amz-copy-source` names; 404, or 412 when its conditions do not hold. */
export const findCopySource = ({ store }: S3Context, { headers }: SignedRequest): CopySource => {
  const { bucket, key } = parseSource(headers['x-amz-copy-source'] ?? '');
  const object = store.bucket(bucket).objects.get(key);
  if (object === undefined) throw noSuchKey();
  checkCopyConditions(headers, object);
  return { bucket, object };
};

/** Copies a span of an object byte by byte, with the MD5 and the checksum of what was copied. */
export const copySpan = async (
  store: ObjectStore,
  object: StoredObject,
  { span, algorithm }: { readonly span: ByteSpan; readonly algorithm?: ChecksumAlgorithm },
): Promise<CopiedBlob> => {
  const md5 = createMd5();
  const digest = algorithm === undefined ? undefined : createChecksum(algorithm);
  const release = store.blobs.lease(object.blobs);
  const digested = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of store.blobs.read(object.blobs, span)) {
      md5.update(chunk);
      digest?.update(chunk);
      yield chunk;
    }
  };
  try {
    const blob = await store.blobs.write(digested());
    return { blob, etag: md5.digest().toString('hex'), checksum: digest?.digest().toString('base64') };
  } finally {
    release();
  }
};
