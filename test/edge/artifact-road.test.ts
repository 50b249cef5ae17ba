import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findSafePath } from '../../functions/domain/artifact-path.ts';
import { hasDotSegments } from '../../functions/domain/dot-segments.ts';
import { HOSTILE } from '../domain/hostile-paths.ts';
import { edgeWith, edgeWithBrokenStore, KEY, NOW_SECONDS, ROAD, requestOf, SOURCE, tokenOf } from './edge-bench.ts';

const open = edgeWith({ mode: 'none' });
const guarded = edgeWith({ mode: 'tokens', [`key/${KEY.keyId}`]: KEY.secret, 'revoked/gone': '1' });

const PUT_ORIGINS = { ids: ['artifacts'], failoverStatuses: [] };
const GET_ORIGINS = { ids: ['artifacts', 'api'], failoverStatuses: [403, 404, 416] };

type Run = typeof open;

const call = (run: Run, method: string, path: string, headers: Record<string, string> = {}) =>
  run({
    request: requestOf(method, `${ROAD}/${path}`, method === 'PUT' ? { 'content-length': '5', ...headers } : headers),
  });

const expectRefusal = async (outcome: ReturnType<Run>, status: number, code: string, message?: string) => {
  const found = await outcome;
  expect(found).toMatchObject({ kind: 'response', response: { statusCode: status } });
  const body = found.kind === 'response' ? JSON.parse(found.response.body.data) : {};
  expect(Object.keys(body)).toEqual(['error_code', 'message']);
  expect(body.error_code).toBe(code);
  if (message !== undefined) expect(body.message).toBe(message);
};

const expectUnchanged = async (run: Run, method: string, uri: string, headers: Record<string, string> = {}) => {
  const request = requestOf(method, uri, headers);
  const before = structuredClone(request);
  expect(await run({ request })).toEqual({ kind: 'request', request: before, origins: undefined });
};

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const basic = (token: string) => ({ authorization: `Basic ${Buffer.from(`ada:${token}`).toString('base64')}` });

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW_SECONDS * 1000 });
});
afterAll(() => {
  vi.useRealTimers();
});

test('the built file fits into a CloudFront Function', () => {
  expect(Buffer.byteLength(SOURCE)).toBeLessThanOrEqual(10_240);
  expect(SOURCE.split('\n')[0]).toMatch(/^import \w+ from"cloudfront";/);
  expect(SOURCE).not.toMatch(/\bexport\b|=>\s*async|async\s*\(|\(\s*await|,\s*await/);
});

describe('the way of a file', () => {
  test.each([
    ['7/run/artifacts/a.txt', '7/run/artifacts/a.txt'],
    ['a%20b+c', 'a%20b%2Bc'],
    ['a+b%2Bc', 'a%2Bb%2Bc'],
    ['100%25', '100%25'],
    ['a%252Fb', 'a%252Fb'],
    ['a%2fb', 'a/b'],
    ['%c3%A9%E6%BC%A2%f0%9f%98%80', '%C3%A9%E6%BC%A2%F0%9F%98%80'],
    ["!'()*~-._", '%21%27%28%29%2A~-._'],
    ['a;b,c:d@e=f$g&h', 'a%3Bb%2Cc%3Ad%40e%3Df%24g%26h'],
    ['%41%7e', 'A~'],
  ])('%s has the key artifacts/%s', async (path, key) => {
    for (const [method, origins] of [
      ['GET', GET_ORIGINS],
      ['HEAD', GET_ORIGINS],
      ['PUT', PUT_ORIGINS],
    ] as const) {
      expect(await call(open, method, path)).toMatchObject({
        kind: 'request',
        request: { method, uri: `/artifacts/${key}`, querystring: {} },
        origins,
      });
    }
  });

  test('the dashboard’s prefix and a doubled slash at the start lead there, too', async () => {
    for (const uri of [`/ajax-api/2.0/mlflow-artifacts/artifacts/x`, `/${ROAD}/x`]) {
      expect(await open({ request: requestOf('GET', uri) })).toMatchObject({ request: { uri: '/artifacts/x' } });
    }
  });

  test('a key of 1,024 bytes is taken, one byte more refused', async () => {
    const longest = `${'é'.repeat(500)}/${'x'.repeat(1024 - 'artifacts/'.length - 1001)}`;
    expect(await call(open, 'PUT', encodeURI(longest))).toMatchObject({ kind: 'request', origins: PUT_ORIGINS });
    await expectRefusal(
      call(open, 'PUT', encodeURI(`${longest}x`)),
      400,
      'INVALID_PARAMETER_VALUE',
      'Invalid path: it takes 1025 bytes; at most 1024 are allowed.',
    );
  });
});

describe('what S3 gets to hear', () => {
  test('nothing by which it would do something else', async () => {
    const hostile = {
      'x-amz-copy-source': '/other/secret',
      'x-amz-acl': 'public-read',
      'x-amz-tagging': 'a=b',
      'x-amz-meta-a': 'b',
      'x-amz-date': '20260101T000000Z',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '1',
      'x-amz-storage-class': 'GLACIER',
      'x-amz-website-redirect-location': 'https://elsewhere',
      'content-encoding': 'aws-chunked',
      'content-disposition': 'inline',
      'content-language': 'tlh',
      'cache-control': 'public, max-age=31536000',
      expires: 'Thu, 01 Jan 2099 00:00:00 GMT',
      origin: 'https://elsewhere',
    };
    for (const method of ['GET', 'PUT']) {
      const outcome = await call(open, method, 'a', hostile);
      const names = outcome.kind === 'request' ? Object.keys(outcome.request.headers) : [];
      expect(names.toSorted()).toEqual(
        method === 'PUT' ? ['content-disposition', 'content-length', 'content-type'] : [],
      );
    }
  });

  test('no query, whatever it asks for', async () => {
    const request = requestOf('GET', `${ROAD}/a`);
    request.querystring = { 'response-content-type': { value: 'text/html' }, acl: { value: '' } };
    expect(await open({ request })).toMatchObject({ request: { querystring: {} } });
  });

  test('ranges, conditions and checksums', async () => {
    const headers = {
      range: 'bytes=0-4',
      'if-match': '"a"',
      'if-none-match': '*',
      'if-range': '"a"',
      'if-modified-since': 'x',
      'if-unmodified-since': 'y',
      'content-md5': 'z',
      'user-agent': 'mlflow',
    };
    const outcome = await call(open, 'GET', 'a', headers);
    const kept = outcome.kind === 'request' ? outcome.request.headers : {};
    expect(kept).toEqual(requestOf('GET', '', headers).headers);
  });

  test('ranges without blanks', async () => {
    expect(await call(open, 'GET', 'a', { range: ' bytes = 0 - 4' })).toMatchObject({
      request: { headers: { range: { value: 'bytes=0-4' } } },
    });
  });

  test.each([
    ['a.txt', 'text/plain; charset=utf-8', 'attachment; filename=a.txt'],
    ['page.html', 'text/html', 'attachment; filename=page.html'],
    ['a%20b.bin', 'application/octet-stream', 'attachment; filename="a b.bin"'],
    ['%C3%A9.png', 'image/png', "attachment; filename=e.png; filename*=UTF-8''%C3%A9.png"],
    ['dir%22s/a%22b', 'application/octet-stream', String.raw`attachment; filename="a\"b"`],
  ])('%s is stored as what its name says, not as what the client says', async (path, type, disposition) => {
    expect(await call(open, 'PUT', path, { 'content-type': 'text/javascript' })).toMatchObject({
      request: { headers: { 'content-type': { value: type }, 'content-disposition': { value: disposition } } },
    });
  });
});

describe('what goes on to the API as it came', () => {
  test.each([
    ['PUT', `${ROAD}/a`, 'without a size', {}],
    ['PUT', `${ROAD}/a`, 'in chunks', { 'transfer-encoding': 'chunked' }],
    ['PUT', `${ROAD}/a`, 'with an unreadable size', { 'content-length': '5, 5' }],
    ['PUT', `${ROAD}/a/`, 'of a folder', { 'content-length': '5' }],
    ['PUT', `${ROAD}/a%2F`, 'of a folder in disguise', { 'content-length': '5' }],
    ['GET', `${ROAD}/dir/`, 'of a folder', {}],
    ['GET', ROAD, 'of the listing', {}],
    ['GET', `${ROAD}/`, 'of the root', {}],
    ['DELETE', `${ROAD}/a`, '', {}],
    ['POST', `${ROAD}/a`, '', {}],
    ['PATCH', `${ROAD}/a`, '', {}],
    ['OPTIONS', `${ROAD}/a`, '', {}],
    ['get', `${ROAD}/a`, 'in lower case', {}],
    ['GET', '/api/2.0/mlflow/runs/get', 'of another path', {}],
    ['GET', `/x/..${ROAD}/a`, 'of a path that only becomes ours', {}],
    ['GET', '/api/2.0/mlflow%2Dartifacts/artifacts/a', 'of a path in disguise', {}],
    ['GET', '/api/3.0/mlflow-artifacts/artifacts/a', 'of another version', {}],
  ])('%s %s %s', async (method, uri, _, headers) => {
    await expectUnchanged(open, method, uri, headers);
    await expectUnchanged(guarded, method, uri, headers);
  });
});

describe('sizes', () => {
  const put = (size: number) => call(open, 'PUT', '0/r/artifacts/big', { 'content-length': String(size) });

  test('up to 5 GB go to S3, 0 bytes as well', async () => {
    for (const size of [0, 1, 5 * 1024 ** 3]) expect(await put(size)).toMatchObject({ origins: PUT_ORIGINS });
  });

  test('what is larger is refused for good, with the way that works', async () => {
    for (const size of [5 * 1024 ** 3 + 1, 1e15]) {
      const outcome = put(size);
      await expectRefusal(outcome, 413, 'REQUEST_TOO_LARGE');
      expect(JSON.stringify(await outcome)).toContain('multipart upload');
    }
  });
});

describe('hostile paths', () => {
  const expectInvalid = async (path: string) => {
    for (const method of ['GET', 'HEAD', 'PUT']) {
      await expectRefusal(call(open, method, path), 400, 'INVALID_PARAMETER_VALUE', 'Invalid path');
    }
  };
  // In UTF-8, as all URLs are, there are no halves of surrogate pairs.
  const escaped = HOSTILE.filter((path) => path.isWellFormed()).map((path) => encodeURIComponent(path));

  test('there are at least 60', () => {
    expect(new Set(escaped).size).toBeGreaterThanOrEqual(60);
  });

  test.each(escaped)('%s is refused', expectInvalid);

  test.each([
    ...['../x', '..', 'a/../x', 'a/../../x', '%2e%2e/x', '.%2E/x', './a', 'a/./b', '.', '%2e', 'a/..', 'a/%2e'],
    ...['..\\x', 'a\\..\\b', 'a//b', '/a', '%zz', '%E0%A4%A', '%', 'a%', '%c0%ae%c0%ae/x', '%ff', '%80', '%ed%a0%80'],
    ...['a#b', 'C:x', 'file:x', '%0a', 'a%7f', '%C2%85', '%C2%A0..', '..%E2%80%83', '%EF%BB%BF..', '%00', 'a%00.txt'],
  ])('%s as it stands in the URL is refused', expectInvalid);

  test('agree with the API’s rule on any path', async () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        '7',
        '.',
        '..',
        '/',
        './',
        '\\',
        '%',
        '25',
        '2e',
        '2f',
        '5c',
        '%2e',
        '%2f',
        '%5c',
        '%25',
        '%252f',
        '%00',
      ],
      ...[
        'C:',
        'file:',
        '#',
        '\u0000',
        ' ',
        '\u00a0',
        '\u3000',
        '+',
        'é',
        '漢',
        '\u{1f600}',
        '?',
        ';',
        '%c3%a9',
        '%ff',
        '\u0085',
      ],
    );
    const anyPath = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    );
    await fc.assert(
      fc.asyncProperty(anyPath, async (path) => {
        const uri = path.split('/').map(escapeAll).join('%2F');
        const outcome = await call(open, 'GET', uri);
        const safe = findSafePath(path);
        const encodedKey = (name: string) =>
          name
            .split('/')
            .map(encodeURIComponent)
            .join('/')
            .replace(/[!'()*]/g, escapeAll);
        if (safe === undefined || hasDotSegments(uri)) expect(outcome.kind).toBe('response');
        else if (safe === '' || path.endsWith('/')) expect(outcome).toMatchObject({ origins: undefined });
        else expect(outcome).toMatchObject({ kind: 'request', request: { uri: `/artifacts/${encodedKey(safe)}` } });
      }),
      { seed: 21, numRuns: 3000 },
    );
  });
});

/** Every byte as %XX, dots as well. */
function escapeAll(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('');
}

describe('where users have rights of their own', () => {
  const ofUsers = (more: Readonly<Record<string, string>> = {}) =>
    edgeWith({ mode: 'users', [`key/${KEY.keyId}`]: KEY.secret, 'revoked/gone': '1', ...more });
  const holdingAll = ofUsers({ 'all/t1/ada': '1', 'all/gone/ada': '1' });
  const ROADS = ['GET', 'HEAD', 'PUT'];

  test('the API decides of tokens of which nothing is said', async () => {
    const others = [
      tokenOf({ username: 'bob' }),
      tokenOf({ tokenId: 't2' }),
      tokenOf({ experimentIds: ['7'], tokenId: 't3' }),
    ];
    for (const token of others) {
      for (const method of ROADS) {
        expect(await call(holdingAll, method, '7/a', bearer(token))).toMatchObject({ origins: undefined });
      }
    }
    for (const method of ROADS) {
      expect(await call(ofUsers(), method, '7/a', bearer(tokenOf()))).toMatchObject({ origins: undefined });
    }
  });

  test('a token that alone says what it lets do is held to it', async () => {
    expect(await call(holdingAll, 'PUT', '7/a', bearer(tokenOf()))).toMatchObject({ origins: PUT_ORIGINS });
    expect(await call(holdingAll, 'GET', '7/a', basic(tokenOf()))).toMatchObject({ origins: GET_ORIGINS });
    await expectRefusal(call(holdingAll, 'PUT', '7/a', bearer(tokenOf({ role: 'READ' }))), 403, 'PERMISSION_DENIED');
    const limited = bearer(tokenOf({ experimentIds: ['8'] }));
    await expectRefusal(call(holdingAll, 'GET', '7/a', limited), 403, 'PERMISSION_DENIED');
  });

  test('a token that is over or not ours is refused all the same', async () => {
    for (const token of [tokenOf({ tokenId: 'gone' }), tokenOf({ expiresAt: NOW_SECONDS }), tokenOf({}, 'another')]) {
      await expectRefusal(call(holdingAll, 'GET', '7/a', bearer(token)), 401, 'UNAUTHENTICATED');
    }
  });

  test('passwords and nothing at all are for the API', async () => {
    const password = { authorization: `Basic ${Buffer.from('ada:t1').toString('base64')}` };
    for (const headers of [undefined, password]) {
      expect(await call(holdingAll, 'PUT', '7/a', headers)).toMatchObject({ origins: undefined });
    }
  });
});

describe('tokens', () => {
  const put = (headers: Record<string, string>, path = '7/run/artifacts/a') => call(guarded, 'PUT', path, headers);

  test('let in whoever may, in either header', async () => {
    for (const headers of [bearer(tokenOf()), basic(tokenOf()), { authorization: `bearer  ${tokenOf()} ` }]) {
      expect(await put(headers)).toMatchObject({ kind: 'request', origins: PUT_ORIGINS });
    }
  });

  test.each(['READ', 'EDIT', 'MANAGE', 'ADMIN'] as const)('%s may read', async (role) => {
    for (const method of ['GET', 'HEAD']) {
      expect(await call(guarded, method, 'a', bearer(tokenOf({ role })))).toMatchObject({ origins: GET_ORIGINS });
    }
  });

  test('EDIT and more may write, READ may not', async () => {
    for (const role of ['EDIT', 'MANAGE', 'ADMIN'] as const) {
      expect(await put(bearer(tokenOf({ role })))).toMatchObject({ origins: PUT_ORIGINS });
    }
    await expectRefusal(put(bearer(tokenOf({ role: 'READ' }))), 403, 'PERMISSION_DENIED');
  });

  test('limited to some experiments open these alone', async () => {
    const limited = bearer(tokenOf({ experimentIds: ['7', '12'] }));
    expect(await put(limited)).toMatchObject({ origins: PUT_ORIGINS });
    expect(await put(limited, '12/x')).toMatchObject({ origins: PUT_ORIGINS });
    expect(await put(limited, '%37/x')).toMatchObject({ origins: PUT_ORIGINS });
    for (const path of ['1/x', '77/x', '8/7/x', 'x', '7%2B/x']) {
      await expectRefusal(put(limited, path), 403, 'PERMISSION_DENIED');
    }
    await expectRefusal(put(bearer(tokenOf({ experimentIds: [] }))), 403, 'PERMISSION_DENIED');
  });

  const [prefix = '', signature = ''] = tokenOf().split('.');
  test.each([
    ['expired', tokenOf({ expiresAt: NOW_SECONDS }), 'The token has expired.'],
    ['revoked', tokenOf({ tokenId: 'gone' }), 'The token has been revoked.'],
    ['forged', tokenOf({}, 'guessed'), 'The token is not valid.'],
    ['of an unknown key', tokenOf({ keyId: 'k2' }), 'The token is not valid.'],
    ['of a key that is none', tokenOf({ keyId: '../mode' }), 'The token is not valid.'],
    ['changed', `${tokenOf({ role: 'ADMIN' }).split('.')[0]}.${signature}`, 'The token is not valid.'],
    ['cut', `${prefix}.${signature.slice(0, -1)}`, 'The token is not valid.'],
    ['without a signature', `${prefix}.`, 'The token is not valid.'],
    ['without anything', 'tracklet_', 'The token is not valid.'],
    ['huge', `tracklet_${'A'.repeat(7000)}.${signature}`, 'The token is not valid.'],
    ['no JSON', `tracklet_${Buffer.from('{').toString('base64url')}.${signature}`, 'The token is not valid.'],
  ])('%s are refused', async (_, token, message) => {
    for (const headers of [bearer(token), basic(token)]) {
      const outcome = put(headers);
      await expectRefusal(outcome, 401, 'UNAUTHENTICATED', message);
      expect(await outcome).toMatchObject({
        response: { headers: { 'www-authenticate': { value: expect.stringMatching(/^Bearer /) } } },
      });
    }
  });

  test.each([
    ['no credential', {}],
    ['a password', basic('correct horse')],
    ['a token of another issuer', bearer('eyJhbGciOi.J9.x')],
    ['another scheme', { authorization: 'AWS4-HMAC-SHA256 Credential=x/y, Signature=z' }],
    ['a broken Basic', { authorization: 'Basic !!!' }],
    ['nothing at all', { authorization: '' }],
  ])('%s is the API’s to judge', async (_, headers) => {
    await expectUnchanged(guarded, 'GET', `${ROAD}/7/a`, headers);
  });

  test('do not matter where everyone may', async () => {
    expect(await call(open, 'PUT', 'a', bearer('tracklet_nonsense'))).toMatchObject({ origins: PUT_ORIGINS });
  });
});

describe('settings that cannot be read', () => {
  test.each([
    ['none at all', edgeWith({})],
    ['an unknown mode', edgeWith({ mode: 'maybe' })],
    ['an empty mode', edgeWith({ mode: '' })],
    ['a store that fails', edgeWithBrokenStore()],
  ])('%s lets nobody in, and nobody tries again for minutes', async (_, run) => {
    for (const headers of [{}, bearer(tokenOf({ role: 'ADMIN' }))]) {
      await expectRefusal(call(run, 'GET', '7/a', headers), 403, 'PERMISSION_DENIED');
      await expectRefusal(call(run, 'PUT', '7/a', headers), 403, 'PERMISSION_DENIED');
    }
  });
});
