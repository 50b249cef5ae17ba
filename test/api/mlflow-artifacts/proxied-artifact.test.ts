import { describe, expect, test } from 'vitest';
import { listAt, openTestApp } from '../../support/test-app.ts';
import { expectError, expectInvalid, expectNotFound, expectOk } from '../expect-answer.ts';

const app = await openTestApp();
const ROOT = '/api/2.0/mlflow-artifacts/artifacts';
const put = (path: string, body?: unknown, headers = {}) => app.call('PUT', `${ROOT}/${path}`, body, headers);
const get = (path: string, headers = {}) => app.call('GET', `${ROOT}/${path}`, undefined, headers);
const remove = (path: string) => app.call('DELETE', `${ROOT}/${path}`);
const namesIn = async (path: string) =>
  listAt(await app.call('GET', `${ROOT}?path=${encodeURIComponent(path)}`), 'files').map((file) => Object(file).path);

describe('200', () => {
  test('keeps what was sent, with or without its length, over an older file', async () => {
    expect(await put('a/b.txt', 'first')).toMatchObject({ status: 200 });
    expect(await put('a/b.txt', 'second', { 'content-length': '6' })).toMatchObject({ status: 200 });
    expect(await get('a/b.txt')).toMatchObject({ status: 200, body: 'second' });
    expect(await app.call('GET', '/ajax-api/2.0/mlflow-artifacts/artifacts/a/b.txt')).toMatchObject({ body: 'second' });
  });

  test('the content type of an upload does not matter', async () => {
    for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/csv']) {
      expect((await put('typed.bin', '{"a":1}', { 'content-type': type })).status).toBe(200);
      expect((await get('typed.bin')).body).toBe('{"a":1}');
    }
  });

  test('an empty file is a file', async () => {
    for (const [path, body] of [
      ['empty/none', undefined],
      ['empty/bytes', new Uint8Array()],
    ] as const) {
      expect((await put(path, body)).status).toBe(200);
      const answer = await get(path);
      expect(answer).toMatchObject({ status: 200, body: '' });
      expect(answer.headers.get('content-length')).toBe('0');
    }
    expect(await namesIn('empty')).toEqual(['bytes', 'none']);
  });

  test('a body larger than one part of a multipart upload comes back whole', async () => {
    const body = Uint8Array.from({ length: 20 * 1024 * 1024 + 7 }, (_, at) => (at * 31) % 251);
    expect((await put('large', body)).status).toBe(200);
    const response = await app.fetch(new Request(`http://127.0.0.1${ROOT}/large`));
    expect(response.headers.get('content-length')).toBe(String(body.length));
    expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(body))).toBe(true);
  });

  test.each([
    ['a b+c', 'a%20b+c', 'attachment; filename="a b+c"'],
    ['100%', '100%25', 'attachment; filename=100%'],
    ['a%2Fb', 'a%252Fb', 'attachment; filename=a%2Fb'],
    ['é.txt', '%C3%A9.txt', "attachment; filename=e.txt; filename*=UTF-8''%C3%A9.txt"],
    ['漢', '%E6%BC%A2', expect.stringContaining("filename*=UTF-8''%E6%BC%A2")],
    ['a"b;c', 'a%22b;c', String.raw`attachment; filename="a\"b;c"`],
    ['...', '...', 'attachment; filename=...'],
  ])('the path is decoded once: %s', async (name, escaped, disposition) => {
    expect((await put(`names/${escaped}`, name)).status).toBe(200);
    const answer = await get(`names/${escaped}`);
    expect(answer).toMatchObject({ status: 200, body: name });
    expect(answer.headers.get('content-disposition')).toEqual(disposition);
    expect(await namesIn('names')).toContain(name);
  });

  test('escapes before the path of the file change nothing', async () => {
    const path = '/api/2.0/mlflow%2Dartifacts/artifacts/escaped/x';
    expect((await app.call('PUT', path, 'x', {})).status).toBe(200);
    expect(await namesIn('escaped')).toEqual(['x']);
  });

  test('HEAD tells what GET would, and however often it does, it holds nothing back', async () => {
    expect((await put('head', 'x'.repeat(200_000))).status).toBe(200);
    for (let round = 0; round < 60; round += 1) {
      const answer = await app.call('HEAD', `${ROOT}/head`);
      expect(answer).toMatchObject({ status: 200, body: '' });
      expect(answer.headers.get('content-length')).toBe('200000');
    }
    expect((await get('head')).status).toBe(200);
  });

  test('DELETE removes a file alone, or a folder with all that is in it', async () => {
    const paths = ['tree/a', 'tree/ab', 'tree/sub/x', 'tree/sub/deep/y', 'tree/sub2/z'];
    for (const path of paths) expect((await put(path, path)).status).toBe(200);
    expectOk(await remove('tree/a'));
    expectOk(await remove('tree/sub'));
    expect(await namesIn('tree')).toEqual(['ab', 'sub2']);
    expectOk(await remove('tree'));
    expectOk(await remove('tree'));
    expect(await namesIn('tree')).toEqual([]);
  });

  test('a file and a folder may share a name', async () => {
    expect((await put('twin', 'file')).status).toBe(200);
    expect((await put('twin/inner', 'inner')).status).toBe(200);
    expect((await get('twin')).body).toBe('file');
    expect((await get('twin/inner')).body).toBe('inner');
  });
});

describe('206', () => {
  test.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=3-5', '345', 'bytes 3-5/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=5-99', '56789', 'bytes 5-9/10'],
  ])('sends the range %s', async (range, body, contentRange) => {
    expect((await put('digits', '0123456789')).status).toBe(200);
    const answer = await get('digits', { range });
    expect(answer).toMatchObject({ status: 206, body });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-range': contentRange,
      'content-length': String(body.length),
      'accept-ranges': 'bytes',
    });
  });

  test('a range that cannot be read is ignored', async () => {
    expect((await put('digits', '0123456789')).status).toBe(200);
    for (const range of ['bytes=x', 'lines=1-2', 'bytes=5-2']) {
      expect(await get('digits', { range })).toMatchObject({ status: 200, body: '0123456789' });
    }
  });
});

describe('400', () => {
  test.each([
    '%2Fetc/passwd',
    '..%2Fx',
    'a%2F..%2F..%2Fx',
    '%252e%252e/x',
    '%5C..%5Cx',
    'C:%5Cx',
    'a%00b',
    'a%23b',
    'a//b',
    '/a',
    '%E0%A4%A',
    'a%zz',
  ])('the path is %s', async (path) => {
    expectInvalid(await get(path), 'Invalid path');
    expectInvalid(await put(path, 'x'), 'Invalid path');
    expectInvalid(await remove(path), 'Invalid path');
  });

  test.each(['../x', '%2e%2e/x', 'a/%2E./../x', '../../../../aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/x'])(
    'the client wrote %s, which the URL has folded away',
    async (path) => {
      const url = `${ROOT}/${path}`;
      const request = new Request(`http://127.0.0.1${url}`, { method: 'DELETE' });
      const response = await app.fetch(request, { incoming: { url } });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ error_code: 'INVALID_PARAMETER_VALUE', message: 'Invalid path' });
    },
  );

  test('the path is longer than a key of S3', async () => {
    for (const answer of [
      await put('x'.repeat(2000), 'x'),
      await get('x'.repeat(2000)),
      await remove('x'.repeat(2000)),
    ]) {
      expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
    }
  });

  test('a file cannot be stored where a folder would be', async () => {
    expectInvalid(await put('folder/', 'x'), 'Invalid path');
  });

  test('a folder cannot be fetched', async () => {
    expect((await put('dir/x', 'x')).status).toBe(200);
    expectInvalid(await get('dir'), "Artifact path refers to a directory, not a file: 'dir'");
  });
});

describe('404', () => {
  test('there is no such file', async () => {
    expectNotFound(await get('x/y.txt'), "No such artifact: 'x/y.txt'");
  });

  test('the root itself is no file', async () => {
    expect((await app.call('DELETE', `${ROOT}/`)).status).toBe(404);
    expect((await app.call('PUT', `${ROOT}/`, 'x')).status).toBe(404);
  });
});

test('416: a range outside the file is refused', async () => {
  expect((await put('digits', '0123456789')).status).toBe(200);
  const answer = await get('digits', { range: 'bytes=10-' });
  expectError(answer, 416, 'RANGE_NOT_SATISFIABLE', 'Range bytes=10- lies outside the file.');
});
