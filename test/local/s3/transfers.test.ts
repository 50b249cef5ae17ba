import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf, refused } from './conformance/bench.ts';
import { BUCKET, type LocalS3, openLocalS3 } from './local-s3.ts';
import { sendRaw, signedHeaders } from './raw-request.ts';

let server: LocalS3;
beforeEach(async () => {
  server = await openLocalS3();
});
afterEach(() => server.close());

const filesIn = async (folder: string): Promise<number> => {
  const entries = await readdir(join(server.rootDir, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
};

const path = `/${BUCKET}/raw`;
const signPut = (headers: Record<string, string> = {}) =>
  signedHeaders({ endpoint: server.endpoint, method: 'PUT', path, headers });

const uploadParts = async (Key: string, bodies: readonly Buffer[]) => {
  const { s3 } = server;
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key }));
  const Parts = [];
  for (const [index, Body] of bodies.entries()) {
    const part = { Bucket: BUCKET, Key, UploadId, PartNumber: index + 1, Body };
    const { ETag, ChecksumCRC32 } = await s3.send(new UploadPartCommand(part));
    Parts.push({ PartNumber: index + 1, ETag, ChecksumCRC32 });
  }
  return new CompleteMultipartUploadCommand({ Bucket: BUCKET, Key, UploadId, MultipartUpload: { Parts } });
};

describe('uploads', () => {
  it('leave nothing when the client goes away half-way', async () => {
    const outgoing = request(`${server.endpoint}${path}`, {
      method: 'PUT',
      headers: { ...signPut(), 'content-length': '1000000', expect: '100-continue' },
    });
    const isClosed = new Promise((resolve) => outgoing.on('close', resolve));
    outgoing.on('error', () => undefined);
    await new Promise((resolve) => outgoing.on('continue', resolve));
    await new Promise((resolve) => outgoing.write(Buffer.alloc(500_000), resolve));
    outgoing.destroy();
    await isClosed;
    await expect.poll(() => filesIn('incoming')).toBe(0);
    await refused(server.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'raw' })), 'NotFound', 404);
    expect(await filesIn('blobs')).toBe(0);
  });

  it('need to tell their length', async () => {
    const send = sendRaw(server.endpoint, {
      method: 'PUT',
      path,
      headers: { ...signPut(), 'transfer-encoding': 'chunked' },
      send: (out) => out.end('hello'),
    });
    expect(await send).toMatchObject({ status: 411, code: 'MissingContentLength' });
  });

  it('are refused before the body is sent, when the client waits for that', async () => {
    let wasInvited = false;
    const { code, headers } = await sendRaw(server.endpoint, {
      method: 'PUT',
      path,
      headers: { ...signPut(), authorization: 'Bearer no', 'content-length': '1000000', expect: '100-continue' },
      send: (out) => {
        out.on('continue', () => {
          wasInvited = true;
        });
        out.flushHeaders();
      },
    });
    expect([code, headers.connection, wasInvited]).toEqual(['InvalidRequest', 'close', false]);
  });

  it('are answered even when refused in the middle of a long body', async () => {
    const put = (Body: Buffer) => server.s3.send(new PutObjectCommand({ Bucket: 'no-such-bucket', Key: 'a', Body }));
    await refused(put(bytesOf(1_900_000)), 'NoSuchBucket', 404);
    await refused(put(bytesOf(5_000_000)), 'NoSuchBucket', 404);
  });

  it('are refused when a framed body is announced without framing in the signature', async () => {
    const headers = signPut({ 'x-amz-decoded-content-length': '5' });
    const answer = sendRaw(server.endpoint, {
      method: 'PUT',
      path,
      headers,
      send: (out) => out.end('5\r\nhello\r\n0\r\n\r\n'),
    });
    expect(await answer).toMatchObject({ status: 400, code: 'InvalidRequest' });
  });

  it('with a promised trailer that does not come store nothing', async () => {
    const headers = signPut({
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '5',
      'x-amz-trailer': 'x-amz-checksum-crc32',
    });
    const answer = sendRaw(server.endpoint, {
      method: 'PUT',
      path,
      headers,
      send: (out) => out.end('5\r\nhello\r\n0\r\n\r\n'),
    });
    expect(await answer).toMatchObject({ status: 400, code: 'MalformedTrailerError' });
    expect(await filesIn('blobs')).toBe(0);
  });

  it('of parts must carry the checksum that the upload named', async () => {
    const { s3 } = server;
    const input = { Bucket: BUCKET, Key: 'mpu' };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...input, ChecksumAlgorithm: 'SHA256' }));
    const part = { ...input, UploadId, PartNumber: 1, Body: 'x' };
    await refused(s3.send(new UploadPartCommand(part)), 'InvalidRequest', 400);
    await s3.send(new UploadPartCommand({ ...part, ChecksumAlgorithm: 'SHA256' }));
  });

  it('are completed once, however often the client asks', async () => {
    const complete = await uploadParts('twice', [Buffer.from('x')]);
    const first = await server.s3.send(complete);
    expect(await server.s3.send(complete)).toMatchObject({ ETag: first.ETag });
    await server.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'twice', Body: 'newer' }));
    await refused(server.s3.send(complete), 'NoSuchUpload', 404);
  });

  it('that were begun and forgotten end after a week', async () => {
    const input = { Bucket: BUCKET, Key: 'forgotten' };
    await server.s3.send(new CreateMultipartUploadCommand(input));
    await server.stop();
    const later = Date.now() + 8 * 24 * 3600 * 1000;
    const next = await openLocalS3({ rootDir: server.rootDir, now: () => later });
    await next.stop();
    const last = await openLocalS3({ rootDir: server.rootDir });
    const { Uploads } = await last.s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
    expect(Uploads ?? []).toEqual([]);
    await last.close();
  });
});

describe('downloads', () => {
  it('of one part of a multipart object give its bytes', async () => {
    const bodies = [bytesOf(5 * 1024 * 1024), Buffer.from('tail')];
    await server.s3.send(await uploadParts('parted', bodies));
    const got = await server.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'parted', PartNumber: 2 }));
    expect(got).toMatchObject({ PartsCount: 2, ContentLength: 4, $metadata: { httpStatusCode: 206 } });
    expect(await got.Body?.transformToString()).toBe('tail');
  });

  it('go on where they stopped only if the object is still the same', async () => {
    const put = async (Body: string) => server.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'raw', Body }));
    const { ETag = '' } = await put('0123456789');
    const resume = () => {
      const headers = signedHeaders({ endpoint: server.endpoint, method: 'GET', path });
      return sendRaw(server.endpoint, {
        method: 'GET',
        path,
        headers: { ...headers, range: 'bytes=5-', 'if-range': ETag },
      });
    };
    expect(await resume()).toMatchObject({ status: 206, body: '56789' });
    await put('abcdefghij');
    expect(await resume()).toMatchObject({ status: 200, body: 'abcdefghij' });
  });

  it('end with the bytes they began with, though the object is replaced meanwhile', async () => {
    const { s3 } = server;
    const body = bytesOf(20_000_000);
    const input = { Bucket: BUCKET, Key: 'replaced' };
    await s3.send(new PutObjectCommand({ ...input, Body: body }));
    const got = await s3.send(new GetObjectCommand(input));
    await s3.send(new PutObjectCommand({ ...input, Body: 'new' }));
    const bytes = await got.Body?.transformToByteArray();
    expect(Buffer.from(bytes ?? []).equals(body)).toBe(true);
    await expect.poll(() => filesIn('blobs')).toBe(1);
  });

  it('let go of the file when the client goes away', async () => {
    const { s3 } = server;
    const input = { Bucket: BUCKET, Key: 'left' };
    await s3.send(new PutObjectCommand({ ...input, Body: bytesOf(20_000_000) }));
    const aborting = new AbortController();
    const got = await s3.send(new GetObjectCommand(input), { abortSignal: aborting.signal });
    aborting.abort();
    await expect(got.Body?.transformToByteArray()).rejects.toThrow();
    await s3.send(new PutObjectCommand({ ...input, Body: 'new' }));
    await expect.poll(() => filesIn('blobs')).toBe(1);
  });
});
