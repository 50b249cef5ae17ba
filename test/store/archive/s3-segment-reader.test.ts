import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { MlflowError } from '../../../functions/domain/errors.ts';
import { createS3SegmentFiles } from '../../../functions/store/archive/s3-segment-files.ts';
import { createS3SegmentReader, type SegmentReaderProps } from '../../../functions/store/archive/s3-segment-reader.ts';
import { SegmentCorrupt } from '../../../functions/store/segments/segment-corrupt.ts';
import { BUCKET, CREDENTIALS, type LocalS3, openLocalS3 } from '../../local/s3/local-s3.ts';

const BYTES = Uint8Array.from({ length: 1000 }, (_, at) => at % 251);
const ID = '7/0197000000000000aabb';

let local: LocalS3;
beforeAll(async () => {
  local = await openLocalS3();
  await createS3SegmentFiles(local.s3, BUCKET).put(ID, BYTES);
});
afterAll(() => local.close());

/** A reader that never pauses, and how many requests it sent. */
function openReader(more: Partial<SegmentReaderProps> = {}) {
  const sent = { requests: 0 };
  const reader = createS3SegmentReader({
    bucketUrl: `${local.endpoint}/${BUCKET}/`,
    region: 'us-east-1',
    credentials: () => CREDENTIALS,
    clock: Date.now,
    sleep: async () => undefined,
    random: () => 0.5,
    onRequest: () => {
      sent.requests += 1;
    },
    ...more,
  });
  return {
    read: (offset: number, length: number, id = ID) => reader.open(id, BYTES.length).read(offset, length),
    sent,
  };
}

/** A server in the place of S3 that answers in turn, until the test has finished; gives its bucket's URL. */
async function serverThat(...answers: readonly ((response: ServerResponse) => void)[]): Promise<string> {
  const left = [...answers];
  const server = createServer((_, response) => (left.length > 1 ? left.shift() : left[0])?.(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port }: Partial<AddressInfo> = Object(server.address());
  return `http://127.0.0.1:${port}/${BUCKET}/`;
}

const refusal = (status: number, code: string) => (response: ServerResponse) => {
  response.writeHead(status).end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
};
const bytes = (response: ServerResponse) => {
  response.writeHead(206).end(BYTES.subarray(0, 4));
};

describe('a segment', () => {
  test('is read in ranges, by a signature that the server checks', async () => {
    const { read, sent } = openReader();
    expect(await read(0, 1000)).toEqual(Buffer.from(BYTES));
    expect(await read(17, 3)).toEqual(Buffer.from(BYTES.subarray(17, 20)));
    expect(sent.requests).toBe(2);
    const forged = openReader({ credentials: () => ({ ...CREDENTIALS, secretAccessKey: 'another' }) });
    await expect(forged.read(0, 4)).rejects.toThrow('S3 answered 403 SignatureDoesNotMatch');
  });

  test('is signed as the client of AWS signs it, session and all', async () => {
    const role = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret/+=', sessionToken: 'IQoJb3+/==' };
    const now = Date.UTC(2026, 7, 1, 12, 30, 15, 678);
    const seen: Record<string, unknown>[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers);
      bytes(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port }: Partial<AddressInfo> = Object(server.address());
    const host = `127.0.0.1:${port}`;
    await openReader({ bucketUrl: `http://${host}/b/`, credentials: () => role, clock: () => now }).read(5, 10);
    const s3 = new S3Client({ region: 'us-east-1', credentials: role });
    const signer = await s3.config.signer();
    const signed = await signer.sign(
      {
        method: 'GET',
        protocol: 'http:',
        hostname: host,
        path: `/b/segments/${ID}`,
        headers: { host, range: 'bytes=5-14' },
      },
      { signingDate: new Date(now) },
    );
    s3.destroy();
    expect(seen[0]).toMatchObject({ ...signed.headers });
  });

  test('that is empty is not asked for', async () => {
    const { read, sent } = openReader();
    expect(await read(5, 0)).toEqual(new Uint8Array());
    expect(sent.requests).toBe(0);
  });

  test('that is gone is damage', async () => {
    await expect(openReader().read(0, 4, '7/none')).rejects.toThrow(SegmentCorrupt);
  });

  test('is not searched for in a bucket that is gone', async () => {
    const { read, sent } = openReader({ bucketUrl: `${local.endpoint}/no-such-bucket/` });
    await expect(read(0, 4)).rejects.toThrow('S3 answered 404 NoSuchBucket');
    expect(sent.requests).toBe(1);
  });
});

describe('what passes', () => {
  test.each([
    ['a fault of S3', refusal(500, 'InternalError')],
    ['throttling', refusal(503, 'SlowDown')],
    ['a request that S3 waited for in vain', refusal(400, 'RequestTimeout')],
    ['a signature that lay in a frozen process', refusal(403, 'RequestTimeTooSkewed')],
    ['a connection that ends', (response: ServerResponse) => response.destroy()],
    [
      'an answer that breaks off',
      (response: ServerResponse) => {
        response.writeHead(206, { 'content-length': '4' }).write(BYTES.subarray(0, 2), () => response.destroy());
      },
    ],
  ])('is carried over: %s', async (_, trouble) => {
    const { read, sent } = openReader({ bucketUrl: await serverThat(trouble, trouble, bytes) });
    expect(await read(0, 4)).toEqual(Buffer.from(BYTES.subarray(0, 4)));
    expect(sent.requests).toBe(3);
  });

  test('but does not, is told as such, for the client to try again', async () => {
    const { read, sent } = openReader({ bucketUrl: await serverThat(refusal(503, 'SlowDown')) });
    const error: unknown = await read(0, 4).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(MlflowError);
    expect(error).toMatchObject({
      code: 'TEMPORARILY_UNAVAILABLE',
      cause: expect.objectContaining({ code: 'SlowDown' }),
    });
    expect(sent.requests).toBe(8);
  });

  test('is not waited for longer than the gateway waits', async () => {
    let time = 0;
    const { read, sent } = openReader({
      bucketUrl: await serverThat(refusal(500, 'InternalError')),
      clock: () => {
        time += 6_000;
        return time;
      },
    });
    await expect(read(0, 4)).rejects.toThrow('does not answer');
    expect(sent.requests).toBeLessThan(4);
  });
});
