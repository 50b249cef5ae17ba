import { once } from 'node:events';
import { readdir, rm, stat } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import {
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refused } from './conformance/bench.ts';
import { BUCKET, type LocalS3, openLocalS3 } from './local-s3.ts';
import { sendRaw, signedHeaders } from './raw-request.ts';

let server: LocalS3;
beforeEach(async () => {
  server = await openLocalS3();
});
afterEach(() => server.close());

const path = `/${BUCKET}/raw`;
const signPut = (headers: Record<string, string> = {}) =>
  signedHeaders({ endpoint: server.endpoint, method: 'PUT', path, headers });

describe('the server', () => {
  it('tells browsers of any origin that they may', async () => {
    const preflight = await fetch(`${server.endpoint}/${BUCKET}/a`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://127.0.0.1:5000',
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-type,x-amz-meta-a',
      },
    });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type,x-amz-meta-a');
    const refusal = await fetch(`${server.endpoint}/${BUCKET}/a`, { headers: { origin: 'http://127.0.0.1:5000' } });
    expect(refusal.headers.get('access-control-allow-origin')).toBe('*');
    expect(refusal.headers.get('access-control-expose-headers')).toContain('ETag');
  });

  it('says so when asked for what it leaves out', async () => {
    const versioning = server.s3.send(new GetBucketVersioningCommand({ Bucket: BUCKET }));
    await refused(versioning, 'NotImplemented', 501);
    const old = server.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'a', VersionId: 'v1' }));
    await refused(old, 'NotImplemented', 501);
  });

  it('refuses a path that is no UTF-8', async () => {
    expect(await sendRaw(server.endpoint, { method: 'GET', path: `/${BUCKET}/%ff` })).toMatchObject({
      code: 'InvalidURI',
    });
  });

  it('keeps dot segments as names of objects', async () => {
    for (const name of ['../../x', './x', '..']) {
      const each = `/${BUCKET}/${name}`;
      const headers = signedHeaders({ endpoint: server.endpoint, method: 'PUT', path: each });
      const { status } = await sendRaw(server.endpoint, {
        method: 'PUT',
        path: each,
        headers,
        send: (out) => out.end('x'),
      });
      expect(status).toBe(200);
    }
    const { Contents } = await server.s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    expect(Contents?.map(({ Key }) => Key)).toEqual(['..', '../../x', './x']);
    expect((await readdir(server.rootDir)).sort()).toEqual(['blobs', 'incoming', 'journal', 'lock']);
  });

  it('answers 500 and not half a file when the bytes are gone', async () => {
    const { s3, rootDir } = server;
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'lost', Body: 'x' }));
    await rm(join(rootDir, 'blobs'), { recursive: true });
    await refused(s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'lost' })), 'InternalError', 500);
  });

  it('keeps everything over a restart, and is started by one at a time', async () => {
    await server.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: 'x', Metadata: { a: '1' } }));
    await expect(openLocalS3({ rootDir: server.rootDir })).rejects.toThrow(/in use by process/);
    await server.stop();
    const again = await openLocalS3({ rootDir: server.rootDir });
    const head = await again.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'a' }));
    expect(head).toMatchObject({ ContentLength: 1, Metadata: { a: '1' } });
    await again.close();
  });

  it('lets an upload under way end when it stops, and has it after the next start', async () => {
    const outgoing = request(`${server.endpoint}${path}`, {
      method: 'PUT',
      headers: { ...signPut(), 'content-length': '10', expect: '100-continue' },
    });
    await once(outgoing, 'continue');
    await new Promise((resolve) => outgoing.write('01234', resolve));
    const stopped = server.stop();
    outgoing.end('56789');
    const [response] = await once(outgoing, 'response');
    expect(response.statusCode).toBe(200);
    await stopped;
    const again = await openLocalS3({ rootDir: server.rootDir });
    const head = await again.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'raw' }));
    expect(head.ContentLength).toBe(10);
    await again.close();
  });

  it('stops although clients hold sockets open, and stops twice', async () => {
    const agent = new Agent({ keepAlive: true });
    await new Promise((resolve) => {
      request(server.endpoint, { agent }, (response) => response.resume().on('end', resolve)).end();
    });
    const silent = connectSocket(Number(new URL(server.endpoint).port), '127.0.0.1');
    await new Promise((resolve) => silent.on('connect', resolve));
    silent.on('error', () => undefined);
    await Promise.all([server.stop(), server.stop()]);
    await expect(fetch(server.endpoint)).rejects.toThrow();
    await expect(stat(join(server.rootDir, 'lock'))).rejects.toThrow(/ENOENT/);
    agent.destroy();
    silent.destroy();
  });
});
