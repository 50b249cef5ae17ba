import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect } from 'vitest';
import { type Check, put } from './bench.ts';

const codeOf = async (response: Response): Promise<string> =>
  /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1] ?? 'no code';

/** Presigned URLs, as browsers and MLflow's clients use them. */
export const presignedCases = (check: Check): void => {
  check('takes a presigned PUT', async ({ plain, bucket }) => {
    const input = { Bucket: bucket, Key: 'signed/put' };
    const url = await getSignedUrl(plain, new PutObjectCommand(input), { expiresIn: 60 });
    const sent = await fetch(url, { method: 'PUT', body: 'hello', headers: { 'content-type': 'text/csv' } });
    expect(sent.status).toBe(200);
    expect(sent.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/);
    expect(await plain.send(new HeadObjectCommand(input))).toMatchObject({ ContentLength: 5, ContentType: 'text/csv' });
  });

  check('holds the uploader to a signed content type', async ({ plain, bucket }) => {
    const command = new PutObjectCommand({ Bucket: bucket, Key: 'signed/type', ContentType: 'text/csv' });
    const url = await getSignedUrl(plain, command, { expiresIn: 60, signableHeaders: new Set(['content-type']) });
    const send = (type: string) => fetch(url, { method: 'PUT', body: 'x', headers: { 'content-type': type } });
    const wrong = await send('text/html');
    expect([wrong.status, await codeOf(wrong)]).toEqual([403, 'SignatureDoesNotMatch']);
    expect((await send('text/csv')).status).toBe(200);
  });

  check('serves a presigned GET, with ranges and with other headers', async (bench) => {
    await put(bench, 'signed/get', '0123456789');
    const command = new GetObjectCommand({
      Bucket: bench.bucket,
      Key: 'signed/get',
      ResponseContentDisposition: 'attachment; filename="a b.txt"',
      ResponseContentType: 'text/plain',
    });
    const url = await getSignedUrl(bench.plain, command, { expiresIn: 60 });
    const whole = await fetch(url);
    expect(await whole.text()).toBe('0123456789');
    expect(whole.headers.get('content-disposition')).toBe('attachment; filename="a b.txt"');
    expect(whole.headers.get('content-type')).toBe('text/plain');
    const part = await fetch(url, { headers: { range: 'bytes=2-3' } });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '23', 'bytes 2-3/10']);
  });

  check('takes presigned parts', async ({ plain, bucket }) => {
    const input = { Bucket: bucket, Key: 'signed/parts' };
    const { UploadId } = await plain.send(new CreateMultipartUploadCommand(input));
    const url = await getSignedUrl(plain, new UploadPartCommand({ ...input, UploadId, PartNumber: 1 }), {
      expiresIn: 60,
    });
    const ETag = (await fetch(url, { method: 'PUT', body: 'part' })).headers.get('etag') ?? '';
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await plain.send(new CompleteMultipartUploadCommand({ ...input, UploadId, MultipartUpload }));
    expect((await plain.send(new HeadObjectCommand(input))).ContentLength).toBe(4);
  });

  check('refuses a URL that was changed', async (bench) => {
    await put(bench, 'signed/tampered');
    const url = await getSignedUrl(bench.plain, new GetObjectCommand({ Bucket: bench.bucket, Key: 'signed/tampered' }));
    for (const changed of [url.replace('tampered', 'other'), url.replace('X-Amz-Expires=900', 'X-Amz-Expires=901')]) {
      const response = await fetch(changed);
      expect([response.status, await codeOf(response)]).toEqual([403, 'SignatureDoesNotMatch']);
    }
    const put2 = await fetch(url, { method: 'PUT', body: 'x' });
    expect([put2.status, await codeOf(put2)]).toEqual([403, 'SignatureDoesNotMatch']);
  });

  check('refuses a URL after its time', async ({ plain, bucket }) => {
    const command = new GetObjectCommand({ Bucket: bucket, Key: 'signed/late' });
    const signingDate = new Date(Date.now() - 120_000);
    const response = await fetch(await getSignedUrl(plain, command, { expiresIn: 60, signingDate }));
    const body = await response.text();
    expect(response.status).toBe(403);
    expect(body).toContain('<Code>AccessDenied</Code>');
    expect(body).toContain('Request has expired');
  });
};
