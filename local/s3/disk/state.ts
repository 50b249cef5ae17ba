import type { Checksum, ChecksumAlgorithm, ChecksumType } from '../body/checksum.ts';
import { KeyMap } from './key-map.ts';

/** A file of bytes that never changes. */
export type BlobRef = { readonly id: string; readonly sizeBytes: number };

/** An object: what a GET needs to answer. A multipart object keeps the blobs of its parts, in order. */
export type StoredObject = {
  readonly key: string;
  readonly blobs: readonly BlobRef[];
  readonly sizeBytes: number;
  /** Without quotes. */
  readonly etag: string;
  readonly modifiedMs: number;
  /** Content-Type and the like, `x-amz-meta-*`; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly checksum?: Checksum;
  /** The multipart upload it came from: a repeated completion is answered as the first. */
  readonly uploadId?: string;
};

/** A part of an unfinished upload. */
export type StoredPart = {
  readonly partNumber: number;
  readonly blob: BlobRef;
  /** MD5 in hex. */
  readonly etag: string;
  readonly modifiedMs: number;
  /** Of the upload's algorithm, base64. */
  readonly checksum?: string;
};

/** What a multipart upload was started with. */
export type UploadHead = {
  readonly id: string;
  readonly key: string;
  readonly startedMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly type: ChecksumType };
};

/** An unfinished multipart upload. */
export type Upload = UploadHead & { readonly parts: Map<number, StoredPart> };

/** A bucket as it is in memory. */
export type Bucket = {
  readonly name: string;
  readonly createdMs: number;
  readonly objects: KeyMap<StoredObject>;
  readonly uploads: Map<string, Upload>;
};

/** All there is, by bucket name: the fold of the journal. */
export type State = Map<string, Bucket>;

/** One step of the journal. What it names (bucket, upload) exists when it is written. */
export type Change =
  | { readonly kind: 'create-bucket'; readonly bucket: string; readonly createdMs: number }
  | { readonly kind: 'delete-bucket'; readonly bucket: string }
  | { readonly kind: 'put'; readonly bucket: string; readonly object: StoredObject }
  | { readonly kind: 'delete'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'start-upload'; readonly bucket: string; readonly upload: UploadHead }
  | { readonly kind: 'put-part'; readonly bucket: string; readonly uploadId: string; readonly part: StoredPart }
  | { readonly kind: 'end-upload'; readonly bucket: string; readonly uploadId: string };

const blobsOfUpload = (upload: Upload | undefined): readonly BlobRef[] =>
  upload === undefined ? [] : [...upload.parts.values()].map((part) => part.blob);

const put = (bucket: Bucket, object: StoredObject): readonly BlobRef[] => {
  const replaced = bucket.objects.get(object.key);
  bucket.objects.set(object.key, object);
  if (object.uploadId === undefined) return replaced?.blobs ?? [];
  // The parts become the object; those that the completion left out are free.
  const upload = bucket.uploads.get(object.uploadId);
  bucket.uploads.delete(object.uploadId);
  const kept = new Set(object.blobs.map((blob) => blob.id));
  return [...(replaced?.blobs ?? []), ...blobsOfUpload(upload)].filter((blob) => !kept.has(blob.id));
};

const remove = (bucket: Bucket, key: string): readonly BlobRef[] => {
  const removed = bucket.objects.get(key);
  bucket.objects.delete(key);
  return removed?.blobs ?? [];
};

const putPart = (upload: Upload | undefined, part: StoredPart): readonly BlobRef[] => {
  const replaced = upload?.parts.get(part.partNumber);
  upload?.parts.set(part.partNumber, part);
  return replaced === undefined ? [] : [replaced.blob];
};

const endUpload = (bucket: Bucket, uploadId: string): readonly BlobRef[] => {
  const ended = bucket.uploads.get(uploadId);
  bucket.uploads.delete(uploadId);
  return blobsOfUpload(ended);
};

const blobsOfBucket = function* (bucket: Bucket): Generator<BlobRef> {
  for (const object of bucket.objects.values()) yield* object.blobs;
  for (const upload of bucket.uploads.values()) yield* blobsOfUpload(upload);
};

const changeBucket = (bucket: Bucket, change: Change): readonly BlobRef[] => {
  switch (change.kind) {
    case 'put':
      return put(bucket, change.object);
    case 'delete':
      return remove(bucket, change.key);
    case 'start-upload':
      bucket.uploads.set(change.upload.id, { ...change.upload, parts: new Map() });
      return [];
    case 'put-part':
      return putPart(bucket.uploads.get(change.uploadId), change.part);
    case 'end-upload':
      return endUpload(bucket, change.uploadId);
    default:
      return [];
  }
};

/** Takes one step; returns the blobs that nothing refers to any more. */
export const applyChange = (state: State, change: Change): readonly BlobRef[] => {
  const name = change.bucket;
  if (change.kind === 'create-bucket') {
    state.set(name, { name, createdMs: change.createdMs, objects: new KeyMap(), uploads: new Map() });
    return [];
  }
  const bucket = state.get(name);
  if (bucket === undefined) return [];
  if (change.kind !== 'delete-bucket') return changeBucket(bucket, change);
  state.delete(name);
  return [...blobsOfBucket(bucket)];
};

/** All blobs that are referred to. */
export const blobsOfState = function* (state: State): Generator<BlobRef> {
  for (const bucket of state.values()) yield* blobsOfBucket(bucket);
};

/** The shortest list of steps that leads to this state. */
export const changesOfState = function* (state: State): Generator<Change> {
  for (const { name, createdMs, objects, uploads } of state.values()) {
    yield { kind: 'create-bucket', bucket: name, createdMs };
    for (const object of objects.values()) yield { kind: 'put', bucket: name, object };
    for (const { parts, ...upload } of uploads.values()) {
      yield { kind: 'start-upload', bucket: name, upload };
      for (const part of parts.values()) yield { kind: 'put-part', bucket: name, uploadId: upload.id, part };
    }
  }
};

/** How many steps `changesOfState` would give. */
export const countChanges = (state: State): number => {
  let count = 0;
  for (const { objects, uploads } of state.values()) {
    count += 1 + objects.size;
    for (const upload of uploads.values()) count += 1 + upload.parts.size;
  }
  return count;
};
