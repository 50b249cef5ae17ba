import type { ReadableStream } from 'node:stream/web';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { bodyChunks } from './body-chunks.ts';
import type { PutTarget } from './put-target.ts';

/** Large enough for 80 GB within S3's 10,000 parts, small enough to hold in memory. */
const PART_BYTES = 8 * 1024 * 1024;

/**
 * Stores a body whose size is unknown or beyond one PUT, holding one part in memory. A body of less than a part is a
 * plain PUT. A failed upload is aborted, so that nothing is left that lists.
 */
export async function putInParts(client: S3Client, target: PutTarget, body: ReadableStream<Uint8Array>): Promise<void> {
  const parts = partsOf(body);
  const first = await parts.next();
  const second = first.done ? first : await parts.next();
  if (first.done || second.done) {
    await client.send(new PutObjectCommand({ ...target, Body: first.value ?? new Uint8Array() }));
    return;
  }
  await uploadParts(client, target, concat(first.value, second.value, parts));
}

async function uploadParts(client: S3Client, target: PutTarget, parts: AsyncIterable<Uint8Array>): Promise<void> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
  const upload = { Bucket: target.Bucket, Key: target.Key, UploadId };
  try {
    const done: CompletedPart[] = [];
    for await (const part of parts) {
      const PartNumber = done.length + 1;
      const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body: part }));
      done.push({ PartNumber, ETag });
    }
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: done } }));
  } catch (error) {
    // What stays when this fails, too, the bucket's lifecycle rule removes; the first error tells more.
    await Promise.allSettled([client.send(new AbortMultipartUploadCommand(upload))]);
    throw error;
  }
}

async function* concat(first: Uint8Array, second: Uint8Array, rest: AsyncIterable<Uint8Array>) {
  yield first;
  yield second;
  yield* rest;
}

/** Cuts a stream into parts of PART_BYTES; the last may be smaller. */
async function* partsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  let chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bodyChunks(body)) {
    chunks.push(chunk);
    size += chunk.length;
    while (size >= PART_BYTES) {
      const joined = Buffer.concat(chunks);
      yield joined.subarray(0, PART_BYTES);
      chunks = [joined.subarray(PART_BYTES)];
      size = joined.length - PART_BYTES;
    }
  }
  if (size > 0) yield Buffer.concat(chunks);
  return undefined;
}
