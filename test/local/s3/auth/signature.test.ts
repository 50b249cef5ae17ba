import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, CREDENTIALS, type LocalS3, openLocalS3 } from '../local-s3.ts';
import { type RawResponse, sendRaw, signedHeaders } from '../raw-request.ts';

const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);
const MINUTE = 60_000;

const servers: LocalS3[] = [];
const endpointOf = (): string => servers[0]?.endpoint ?? '';
beforeAll(async () => {
  servers.push(await openLocalS3({ now: () => NOW }));
});
afterAll(async () => {
  for (const server of servers) await server.close();
});

const path = `/${BUCKET}/a`;
const get = (headers: Record<string, string>): Promise<RawResponse> =>
  sendRaw(endpointOf(), { method: 'GET', path, headers });
const sign = (extra: Partial<Parameters<typeof signedHeaders>[0]> = {}) =>
  signedHeaders({ endpoint: endpointOf(), method: 'GET', path, date: new Date(NOW), ...extra });

const presign = async (expiresIn: number, signingDate: Date): Promise<string> => {
  const s3 = new S3Client({
    endpoint: endpointOf(),
    region: 'us-east-1',
    credentials: CREDENTIALS,
    forcePathStyle: true,
  });
  return await getSignedUrl(s3, new GetObjectCommand({ Bucket: BUCKET, Key: 'a' }), { expiresIn, signingDate });
};
const fetchCode = async (url: string): Promise<string> =>
  /<Code>(\w+)/.exec(await (await fetch(url)).text())?.[1] ?? '';

describe('signed headers', () => {
  it('let in who signed rightly', async () => {
    expect((await get(sign())).code).toBe('NoSuchKey');
  });

  it('are good for fifteen minutes, either way', async () => {
    for (const offset of [-15 * MINUTE, 15 * MINUTE]) {
      expect((await get(sign({ date: new Date(NOW + offset) }))).code).toBe('NoSuchKey');
      expect((await get(sign({ date: new Date(NOW + offset * 1.1) }))).code).toBe('RequestTimeTooSkewed');
    }
  });

  it('hold for one region', async () => {
    const { code, body } = await get(sign({ region: 'eu-west-1' }));
    expect(code).toBe('AuthorizationHeaderMalformed');
    expect(body).toContain('expecting &apos;us-east-1&apos;');
  });

  it('must cover every x-amz header', async () => {
    const { code, status } = await get({ ...sign(), 'x-amz-meta-smuggled': '1' });
    expect([code, status]).toEqual(['AccessDenied', 403]);
  });

  it('cover values, method and path', async () => {
    const signed = sign({ headers: { 'x-amz-meta-a': '1' } });
    const other = await sendRaw(endpointOf(), { method: 'GET', path: `/${BUCKET}/b`, headers: signed });
    const deleted = await sendRaw(endpointOf(), { method: 'DELETE', path, headers: signed });
    const changed = await get({ ...signed, 'x-amz-meta-a': '2' });
    for (const { code } of [other, deleted, changed]) expect(code).toBe('SignatureDoesNotMatch');
  });

  it.each([
    ['AWS4-HMAC-SHA256 nonsense', 'AuthorizationHeaderMalformed'],
    ['AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b', 'AuthorizationHeaderMalformed'],
    ['AWS LOCALKEY:abc', 'InvalidRequest'],
    ['Bearer abc', 'InvalidRequest'],
  ])('are refused as %j', async (authorization, code) => {
    expect((await get({ ...sign(), authorization })).code).toBe(code);
  });

  it('cover the body by its SHA-256', async () => {
    const body = 'hello';
    const sha256 = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
    const headers = sign({ method: 'PUT', headers: { 'x-amz-content-sha256': sha256 } });
    const put = (text: string) => sendRaw(endpointOf(), { method: 'PUT', path, headers, send: (out) => out.end(text) });
    expect((await put('hullo')).code).toBe('XAmzContentSHA256Mismatch');
    expect((await put(body)).status).toBe(200);
  });
});

describe('presigned URLs', () => {
  it('expire to the second', async () => {
    const url = await presign(60, new Date(NOW - 60_000));
    expect(await fetchCode(url)).not.toBe('AccessDenied');
    expect(await fetchCode(await presign(60, new Date(NOW - 61_000)))).toBe('AccessDenied');
  });

  it('are not good before their time, nor for more than a week', async () => {
    expect(await fetchCode(await presign(60, new Date(NOW + 16 * MINUTE)))).toBe('AccessDenied');
    const week = (await presign(604_800, new Date(NOW))).replace('Expires=604800', 'Expires=604801');
    expect(await fetchCode(week)).toBe('AuthorizationQueryParametersError');
  });

  it('need all their parameters', async () => {
    const url = await presign(60, new Date(NOW));
    for (const name of ['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders']) {
      const without = url.replace(new RegExp(`X-Amz-${name}=[^&]*&?`), '');
      expect([name, await fetchCode(without)]).toEqual([name, 'AuthorizationQueryParametersError']);
    }
    expect(await fetchCode(url.replace(/X-Amz-Signature=[^&]*/, 'X-Amz-Signature='))).toBe('SignatureDoesNotMatch');
  });

  it('carry metadata that the presigner moved into the query', async () => {
    const { s3, endpoint } = servers[0] ?? {};
    if (s3 === undefined || endpoint === undefined) throw new Error('no server');
    const plain = new S3Client({
      endpoint,
      region: 'us-east-1',
      credentials: CREDENTIALS,
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
    const command = new PutObjectCommand({ Bucket: BUCKET, Key: 'meta', Metadata: { run: 'a b' } });
    const options = { expiresIn: 60, signingDate: new Date(NOW) };
    expect((await fetch(await getSignedUrl(plain, command, options), { method: 'PUT', body: 'x' })).status).toBe(200);
    const url = await getSignedUrl(plain, new GetObjectCommand({ Bucket: BUCKET, Key: 'meta' }), options);
    expect((await fetch(url)).headers.get('x-amz-meta-run')).toBe('a b');
  });
});
