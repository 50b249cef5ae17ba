import { describe, expect, test } from 'vitest';
import { openTestApp, textAt } from '../../support/test-app.ts';
import { expectInvalid, expectNotFound } from '../expect-answer.ts';

const app = await openTestApp();
const BELOW = '/2.0/mlflow-artifacts';
const put = async (path: string, body: string) =>
  expect((await app.call('PUT', `/api${BELOW}/artifacts/${path}`, body, {})).status).toBe(200);
const presigned = (path: string, prefix = '/api') => app.call('GET', `${prefix}${BELOW}/presigned/${path}`);

describe('200', () => {
  test.each(['/api', '/ajax-api'])('below %s: a URL without credentials, its headers, and the size', async (prefix) => {
    await put('7/run/artifacts/digits.txt', '0123456789');
    const answer = await presigned('7/run/artifacts/digits.txt', prefix);
    expect(answer).toMatchObject({ status: 200, body: { headers: {}, file_size: 10 } });
    const url = textAt(answer, 'url');
    expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('300');
    expect(await (await fetch(url)).text()).toBe('0123456789');
    const part = await fetch(url, { headers: { range: 'bytes=2-4' } });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10']);
  });

  test('an empty file has a size, 0: without one the client would ask for the file itself', async () => {
    await put('empty', '');
    const answer = await presigned('empty');
    expect(answer).toMatchObject({ status: 200, body: { file_size: 0 } });
    expect(await (await fetch(textAt(answer, 'url'))).text()).toBe('');
  });

  test.each([
    ['a b+c', 'a%20b+c'],
    ['100%', '100%25'],
    ['a%2Fb', 'a%252Fb'],
    ["(1)!*'~", "(1)!*'~"],
    ['größe 漢 😀', encodeURIComponent('größe 漢 😀')],
  ])('the path is decoded once: %s', async (name, escaped) => {
    await put(`names/${escaped}`, name);
    const response = await fetch(textAt(await presigned(`names/${escaped}`), 'url'));
    expect([response.status, await response.text()]).toEqual([200, name]);
  });

  test.each([
    ['page.html', 'text/plain; charset=utf-8'],
    ['page.HTM', 'text/plain; charset=utf-8'],
    ['drawing.svg', 'text/plain; charset=utf-8'],
    ['page.xhtml', 'application/octet-stream'],
    ['script.js', 'text/plain; charset=utf-8'],
    ['picture.png', 'image/png'],
    ['model.pkl', 'application/octet-stream'],
  ])('%s comes as an attachment of type %s, which no browser runs', async (name, type) => {
    await put(`types/${name}`, '<script>');
    const response = await fetch(textAt(await presigned(`types/${name}`), 'url'));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': type,
      'content-disposition': `attachment; filename=${name}`,
    });
  });

  test('a URL lets nothing else be done than to get that file', async () => {
    await put('only', 'mine');
    await put('other', 'theirs');
    const url = textAt(await presigned('only'), 'url');
    expect((await fetch(url, { method: 'PUT', body: 'changed' })).status).toBe(403);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(url.replace('/only?', '/other?'))).status).toBe(403);
    expect((await fetch(url.replace('attachment', 'inline'))).status).toBe(403);
    expect((await fetch(url.replace('Expires=300', 'Expires=3000'))).status).toBe(403);
    expect(await (await fetch(url)).text()).toBe('mine');
  });
});

describe('400', () => {
  test('the path is a folder', async () => {
    await put('dir/x', 'x');
    for (const path of ['dir', 'dir/']) {
      expectInvalid(await presigned(path), "Artifact path refers to a directory, not a file: 'dir'");
    }
  });
});

describe('404', () => {
  test('there is no such file', async () => {
    expectNotFound(await presigned('no/such'), "No such artifact: 'no/such'");
  });

  test('the root is no file', async () => {
    expect((await presigned('')).status).toBe(404);
  });
});
