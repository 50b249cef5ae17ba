import { describe, expect, test } from 'vitest';
import { createMultipartUpload } from '../../../functions/api/mlflow-artifacts/mpu/create.ts';
import type { ArtifactLinks } from '../../../functions/artifacts/artifact-links.ts';
import { requestFacts } from '../../support/request-facts.ts';
import { listAt, openTestApp, textAt } from '../../support/test-app.ts';
import { expectInvalid, expectMissing, expectNotFound, expectOk, expectWrongType } from '../expect-answer.ts';

const app = await openTestApp();
const MPU = '/api/2.0/mlflow-artifacts/mpu';
const mpu = (verb: string, folder: string, body: object, prefix = '/api') =>
  app.call('POST', `${prefix}/2.0/mlflow-artifacts/mpu/${verb}${folder}`, body);
const MIN_PART_BYTES = 5 * 1024 * 1024;

interface Upload {
  readonly uploadId: string;
  readonly urls: readonly string[];
}

async function start(folder: string, path: string, num_parts: number): Promise<Upload> {
  const answer = await mpu('create', folder, { path, num_parts });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  const credentials = listAt(answer, 'credentials').map((credential) => Object(credential));
  expect(credentials.map(({ part_number }) => part_number)).toEqual(
    Array.from({ length: num_parts }, (_, at) => at + 1),
  );
  for (const { headers } of credentials) expect(headers).toEqual({});
  return { uploadId: textAt(answer, 'upload_id'), urls: credentials.map(({ url }) => String(url)) };
}

interface Part {
  readonly part_number: number;
  readonly etag: string;
  readonly url: string;
}

/** PUTs a part as the client does: without credentials, and keeps the ETag of the answer. */
async function send({ urls }: Upload, part_number: number, body: Uint8Array<ArrayBuffer>): Promise<Part> {
  const url = urls[part_number - 1] ?? '';
  const response = await fetch(url, { method: 'PUT', body });
  expect(response.status, await response.text()).toBe(200);
  return { part_number, etag: response.headers.get('etag') ?? '', url };
}

const bytes = (length: number, salt: number) => Uint8Array.from({ length }, (_, at) => (at * 31 + salt) % 251);
const PIECES = [bytes(MIN_PART_BYTES, 1), bytes(MIN_PART_BYTES, 2), bytes(1234, 3)] as const;

async function sendAll(upload: Upload): Promise<readonly Part[]> {
  return Promise.all(PIECES.map((piece, at) => send(upload, at + 1, piece)));
}

async function contentOf(path: string): Promise<Buffer> {
  const response = await app.fetch(new Request(`http://127.0.0.1/api/2.0/mlflow-artifacts/artifacts/${path}`));
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

const complete = (folder: string, path: string, { uploadId: upload_id }: Upload, parts: readonly object[]) =>
  mpu('complete', folder, { path, upload_id, parts });
const abort = (folder: string, path: string, { uploadId: upload_id }: Upload) =>
  mpu('abort', folder, { path, upload_id });

describe('200', () => {
  test('a file goes up in parts, in any order, and is whole; nothing lists before', async () => {
    const upload = await start('/0/whole/artifacts', '/home/me/data/big model.bin', 3);
    const parts = await sendAll(upload);
    expect(await app.bucket.keys()).not.toContain('artifacts/0/whole/artifacts/big model.bin');
    expectOk(await complete('/0/whole/artifacts', '/home/me/data/big model.bin', upload, parts));
    const content = await contentOf('0/whole/artifacts/big%20model.bin');
    expect(content.equals(Buffer.concat(PIECES))).toBe(true);
    expect(await app.bucket.openUploads()).toEqual([]);
  });

  test.each([
    ['/home/me/a.bin', 'a.bin'],
    ['a.bin', 'a.bin'],
    ['./a.bin', 'a.bin'],
    ['C:\\Users\\me\\a.bin', 'a.bin'],
    ['C:/Users/me\\a.bin', 'a.bin'],
    ['\\\\host\\share\\a.bin', 'a.bin'],
    ['models\\a.bin', 'a.bin'],
    ['/tmp/back\\slash', 'back\\slash'],
    ['/tmp/../etc/a+b %41.bin', 'a+b %41.bin'],
    ['/tmp/größe 漢.bin', 'größe 漢.bin'],
  ])('the name is the last segment of the client’s own path %j', async (path, name) => {
    const upload = await start('/0/named', path, 1);
    expect(await app.bucket.openUploads()).toEqual([`artifacts/0/named/${name}`]);
    const part = await send(upload, 1, bytes(5, 5));
    expectOk(await complete('/0/named', path, upload, [part]));
    expect(await contentOf(`0/named/${encodeURIComponent(name)}`)).toHaveLength(5);
  });

  test.each(['', '/', '/.', '/%2E'])('the folder %j is the artifact root', async (folder) => {
    const url = `${MPU}/create${folder}`;
    const request = new Request(`http://127.0.0.1${url}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ path: '/x/at-root', num_parts: 1, artifact_path: 'elsewhere' }),
    });
    const response = await app.fetch(request, folder === '/%2E' ? {} : { incoming: { url } });
    expect(response.status).toBe(200);
    expect(await app.bucket.openUploads()).toEqual(['artifacts/at-root']);
    const { upload_id } = Object(await response.json());
    expectOk(await mpu('abort', '/', { path: 'at-root', upload_id }));
  });

  test('the folder is decoded once, and taken in its normal form', async () => {
    for (const [folder, key] of [
      ['/0/a%20b/c+d/', 'artifacts/0/a b/c+d/f'],
      ['/0%2Fa%2Fb', 'artifacts/0/a/b/f'],
      ['/0/100%25', 'artifacts/0/100%/f'],
    ] as const) {
      const upload = await start(folder, 'f', 1);
      expect(await app.bucket.openUploads()).toEqual([key]);
      expectOk(await abort(folder, 'f', upload));
    }
  });

  test('all of it is there for browsers, too', async () => {
    const created = await mpu('create', '/0/ajax', { path: 'f', num_parts: 1 }, '/ajax-api');
    const upload = { uploadId: textAt(created, 'upload_id'), urls: [textAt(created, 'credentials', 0, 'url')] };
    const part = await send(upload, 1, bytes(3, 3));
    expectOk(await mpu('complete', '/0/ajax', { path: 'f', upload_id: upload.uploadId, parts: [part] }, '/ajax-api'));
    expectOk(await mpu('abort', '/0/ajax', { path: 'f', upload_id: upload.uploadId }, '/ajax-api'));
    expect(await contentOf('0/ajax/f')).toHaveLength(3);
  });

  test('the parts may have gaps, and the numbers may be texts', async () => {
    const upload = await start('/0/gaps', 'f', 3);
    const parts = [await send(upload, 1, PIECES[0]), await send(upload, 3, PIECES[2])];
    const asTexts = parts.map((part) => ({ ...part, part_number: String(part.part_number) }));
    expectOk(await complete('/0/gaps', 'f', upload, asTexts));
    expect(await contentOf('0/gaps/f')).toHaveLength(MIN_PART_BYTES + 1234);
  });

  test('completing again is harmless', async () => {
    const upload = await start('/0/again', 'f', 3);
    const parts = await sendAll(upload);
    for (const _ of [1, 2, 3]) expectOk(await complete('/0/again', 'f', upload, parts));
    expect(await contentOf('0/again/f')).toHaveLength(2 * MIN_PART_BYTES + 1234);
  });

  test('an abort leaves nothing, also when it comes twice', async () => {
    const upload = await start('/0/given-up', 'f', 3);
    const [first] = await sendAll(upload);
    for (const _ of [1, 2]) expectOk(await abort('/0/given-up', 'f', upload));
    expect(await app.bucket.openUploads()).toEqual([]);
    expectNotFound(
      await complete('/0/given-up', 'f', upload, [Object(first)]),
      `No such multipart upload: '${upload.uploadId}'`,
    );
    expect((await fetch(upload.urls[1] ?? '', { method: 'PUT', body: 'late' })).status).toBe(404);
    expect((await app.bucket.keys()).filter((key) => key.includes('given-up'))).toEqual([]);
  });

  test('an abort does not take a file that is complete', async () => {
    const upload = await start('/0/kept', 'f', 1);
    expectOk(await complete('/0/kept', 'f', upload, [await send(upload, 1, bytes(9, 9))]));
    expectOk(await abort('/0/kept', 'f', upload));
    expect(await contentOf('0/kept/f')).toHaveLength(9);
  });

  test('10,000 parts are possible where no answer is too large', async () => {
    const upload = await start('/0/many', 'f', 10_000);
    const last = await send(upload, 10_000, bytes(7, 7));
    const first = await send(upload, 1, PIECES[0]);
    expectOk(await complete('/0/many', 'f', upload, [first, last]));
    expect(new Set(upload.urls).size).toBe(10_000);
  });

  test('a part that failed may be sent again: the last one counts', async () => {
    const upload = await start('/0/retried', 'f', 1);
    await send(upload, 1, bytes(10, 1));
    const second = await send(upload, 1, bytes(11, 2));
    expectOk(await complete('/0/retried', 'f', upload, [second]));
    expect(await contentOf('0/retried/f')).toHaveLength(11);
  });
});

describe('400', () => {
  const WANTED = { path: '/tmp/f', num_parts: 1 };

  test('what a request needs is missing or of a wrong type', async () => {
    expectMissing(await mpu('create', '/0/x', { num_parts: 1 }), 'path');
    expectWrongType(await mpu('create', '/0/x', { ...WANTED, path: 5 }), 'path', '5', 'int');
    expectWrongType(await mpu('create', '/0/x', { ...WANTED, num_parts: 'x' }), 'num_parts', '"x"', 'str');
    expectMissing(await mpu('complete', '/0/x', { path: 'f', parts: [] }), 'upload_id');
    expectMissing(await mpu('complete', '/0/x', { path: 'f', upload_id: 'u' }), 'parts');
    expectMissing(
      await mpu('complete', '/0/x', { path: 'f', upload_id: 'u', parts: [{ etag: 'e' }] }),
      'parts[0].part_number',
    );
    expectMissing(
      await mpu('complete', '/0/x', { path: 'f', upload_id: 'u', parts: [{ part_number: 1 }] }),
      'parts[0].etag',
    );
    expectMissing(await mpu('abort', '/0/x', { path: 'f' }), 'upload_id');
    expectMissing(await mpu('abort', '/0/x', { upload_id: 'u' }), 'path');
  });

  test.each([undefined, 0, -1, 10_001, '9223372036854775807'])('there are %s parts', async (num_parts) => {
    expectInvalid(
      await mpu('create', '/0/x', { path: 'f', num_parts }),
      `num_parts must be between 1 and 10000 (got ${num_parts ?? 0}).`,
    );
  });

  test.each(['/', '/home/me/', '.', '..', '/x/..', 'C:\\', '/tmp/a#b', '/tmp/\u0000', '/tmp/..\\..\\x', '/tmp/c:x'])(
    'the client’s file is %j',
    async (path) => {
      for (const verb of ['create', 'complete', 'abort']) {
        const part = { part_number: 1, etag: 'e' };
        const answer = await mpu(verb, '/0/x', { path, num_parts: 1, upload_id: 'u', parts: [part] });
        expectInvalid(answer, 'Invalid path');
      }
      expect(await app.bucket.openUploads()).toEqual([]);
    },
  );

  test('the parts are none, doubled, out of order or out of bounds', async () => {
    const upload = await start('/0/order', 'f', 2);
    const one = { part_number: 1, etag: 'e' };
    expectInvalid(await complete('/0/order', 'f', upload, []), 'Invalid parts: there must be at least one.');
    for (const numbers of [[2, 1], [1, 1], [0, 1], [-1], [10_001]]) {
      const parts = numbers.map((part_number) => ({ ...one, part_number }));
      const answer = await complete('/0/order', 'f', upload, parts);
      expectInvalid(answer, 'Invalid parts: each part_number from 1 to 10000 may be there once, in ascending order.');
    }
    expectOk(await abort('/0/order', 'f', upload));
  });

  test('S3 does not have a part, or has it under another etag; the upload goes on', async () => {
    const upload = await start('/0/etag', 'f', 2);
    const part = await send(upload, 1, bytes(5, 5));
    const why = 'Invalid parts: at least one was not uploaded, or has another etag than the upload of it answered.';
    expectInvalid(
      await complete('/0/etag', 'f', upload, [{ ...part, etag: '"0123456789abcdef0123456789abcdef"' }]),
      why,
    );
    expectInvalid(await complete('/0/etag', 'f', upload, [{ ...part, etag: 'x' }]), why);
    expectInvalid(await complete('/0/etag', 'f', upload, [part, { ...part, part_number: 2 }]), why);
    expect((await app.bucket.keys()).filter((key) => key.includes('/etag/'))).toEqual([]);
    expectOk(await complete('/0/etag', 'f', upload, [part]));
  });

  test('a part but the last is too small', async () => {
    const upload = await start('/0/small', 'f', 2);
    const parts = [await send(upload, 1, bytes(5, 5)), await send(upload, 2, bytes(5, 6))];
    const answer = await complete('/0/small', 'f', upload, parts);
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
    expect(textAt(answer, 'message')).toContain('MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE');
    expectOk(await abort('/0/small', 'f', upload));
  });

  test('the answer would not fit: nothing is started, and the message says what to set', async () => {
    const [operation] = createMultipartUpload;
    const started: string[] = [];
    // As long as the URLs that a role's session token makes.
    const links: ArtifactLinks = {
      ...app.services.linksFor('http://127.0.0.1'),
      startMultipart: async (path) => {
        started.push(path);
        return 'u';
      },
      partUrls: async (_, uploadId, count) => Array.from({ length: count }, () => `${'x'.repeat(1800)}${uploadId}`),
    };
    const services = { ...app.services, linksFor: () => links, maxPageBytes: 5_500_000 };
    const create = (num_parts: number) =>
      operation?.respond({ path: 'f', num_parts }, services, requestFacts({ params: { artifact_path: '0/x' } }));
    await expect(create(3000)).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
      message: expect.stringContaining('Raise MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE'),
    });
    expect(started).toEqual([]);
    expect(JSON.stringify(await create(2700)).length).toBeLessThan(5_500_000);
    expect(started).toEqual(['0/x/f']);
  });
});

describe('404', () => {
  test('there is no such upload, or it is another file’s', async () => {
    const parts = [{ part_number: 1, etag: '"0123456789abcdef0123456789abcdef"' }];
    const unknown = { path: 'f', upload_id: 'nothing', parts };
    expectNotFound(await mpu('complete', '/0/x', unknown), "No such multipart upload: 'nothing'");
    expectOk(await mpu('abort', '/0/x', unknown));
    const upload = await start('/0/mine', 'f', 1);
    const part = await send(upload, 1, bytes(5, 5));
    expectNotFound(await complete('/0/yours', 'f', upload, [part]), `No such multipart upload: '${upload.uploadId}'`);
    expectOk(await abort('/0/yours', 'f', upload));
    expectOk(await complete('/0/mine', 'f', upload, [part]));
  });

  test('there is no other step', async () => {
    expect((await mpu('list', '/0/x', {})).status).toBe(404);
  });
});
