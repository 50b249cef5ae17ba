import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import {
  GetObjectCommand,
  HeadObjectCommand,
  type ListObjectsV2CommandOutput,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { MAX_SINGLE_PUT_BYTES } from '../domain/artifact-key.ts';
import { badRequest, MlflowError } from '../domain/errors.ts';
import { translateErrors } from '../store/translate-errors.ts';
import { folderOf, keyOf } from './artifact-key.ts';
import type { ArtifactContent, ArtifactEntry, ArtifactStore } from './artifact-store.ts';
import { bodyChunks } from './body-chunks.ts';
import { putInParts } from './put-in-parts.ts';
import { type PutTarget, putTargetOf } from './put-target.ts';
import { toMlflowError } from './s3-failures.ts';
import { deleteKeys, listPages } from './s3-objects.ts';

/** Artifacts in one S3 bucket. */
export function createS3ArtifactStore(client: S3Client, bucket: string): ArtifactStore {
  const pages = (prefix: string, delimiter?: string) => listPages(client, bucket, prefix, delimiter);
  const verbs: ArtifactStore = {
    put: async (path, { body, sizeBytes }) => {
      if (body === null || sizeBytes === 0) {
        await client.send(new PutObjectCommand({ ...putTargetOf(bucket, path), Body: '', ContentLength: 0 }));
      } else if (sizeBytes === undefined || sizeBytes > MAX_SINGLE_PUT_BYTES) {
        await putInParts(client, putTargetOf(bucket, path), body);
      } else {
        await putStream(client, { ...putTargetOf(bucket, path), ContentLength: sizeBytes }, body);
      }
    },
    find: async (path, range) => findObject(client, { Bucket: bucket, Key: keyOf(path), Range: range }),
    findSizeBytes: async (path) => findSize(client, { Bucket: bucket, Key: keyOf(path) }),
    list: async (path) => {
      const folder = folderOf(path);
      const entries: ArtifactEntry[] = [];
      for await (const page of pages(folder, '/')) entries.push(...entriesOf(page, folder));
      return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    remove: async (path) => {
      await deleteKeys(client, bucket, [keyOf(path)]);
      for await (const page of pages(folderOf(path))) {
        await deleteKeys(
          client,
          bucket,
          (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])),
        );
      }
    },
  };
  return translateErrors(verbs, toMlflowError);
}

interface SizedTarget extends PutTarget {
  readonly ContentLength: number;
}

/** The SDK pipes a stream into the request and would wait for ever when it breaks off: then the request is given up. */
async function putStream(client: S3Client, target: SizedTarget, body: ReadableStream<Uint8Array>): Promise<void> {
  const abort = new AbortController();
  const source = Readable.from(checkSize(body, target.ContentLength), { objectMode: false });
  source.once('error', (error) => abort.abort(error));
  try {
    await client.send(new PutObjectCommand({ ...target, Body: source }), { abortSignal: abort.signal });
  } catch (error) {
    throw abort.signal.aborted ? abort.signal.reason : error;
  } finally {
    source.destroy();
  }
}

/** Passes a body on; throws BAD_REQUEST when it is not as long as it says, for which S3 would wait or mix up requests. */
async function* checkSize(body: ReadableStream<Uint8Array>, sizeBytes: number) {
  let left = sizeBytes;
  for await (const chunk of bodyChunks(body)) {
    left -= chunk.length;
    if (left < 0) break;
    yield chunk;
  }
  if (left !== 0) throw badRequest(`The body is ${left < 0 ? 'longer' : 'shorter'} than its ${sizeBytes} bytes.`);
}

async function findObject(client: S3Client, input: GetObjectCommand['input']): Promise<ArtifactContent | undefined> {
  try {
    const { Body, ContentLength, ContentRange } = await client.send(new GetObjectCommand(input));
    if (!Body) return undefined;
    // The SDK's type is the union of what browsers and node give; this method is there on both.
    const body = Body.transformToWebStream() as ReadableStream<Uint8Array>;
    return { body, sizeBytes: ContentLength ?? 0, contentRange: ContentRange };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    if (error instanceof S3ServiceException && error.name === 'InvalidRange') {
      throw new MlflowError('RANGE_NOT_SATISFIABLE', `Range ${input.Range} lies outside the file.`, { cause: error });
    }
    throw error;
  }
}

async function findSize(client: S3Client, input: HeadObjectCommand['input']): Promise<number | undefined> {
  try {
    const { ContentLength } = await client.send(new HeadObjectCommand(input));
    return ContentLength ?? 0;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

function entriesOf(page: ListObjectsV2CommandOutput, folder: string): readonly ArtifactEntry[] {
  const folders = (page.CommonPrefixes ?? []).map(({ Prefix = '' }) => ({
    path: Prefix.slice(folder.length, -1),
    isDir: true,
    sizeBytes: undefined,
  }));
  const files = (page.Contents ?? []).map(({ Key = '', Size }) => ({
    path: Key.slice(folder.length),
    isDir: false,
    sizeBytes: Size,
  }));
  return [...folders, ...files].filter(({ path }) => path !== '');
}
