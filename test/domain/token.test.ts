import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  MAX_TOKEN_LENGTH,
  mintToken,
  readToken,
  TOKEN_ROLES,
  type TokenClaims,
  tokenFault,
} from '../../functions/domain/token.ts';

const crypto = {
  hmac: (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('base64url'),
  encode: (text: string) => Buffer.from(text).toString('base64url'),
  decode: (text: string) => Buffer.from(text, 'base64url').toString(),
};
const SECRET = 'secret';
const CLAIMS: TokenClaims = {
  keyId: 'k1',
  tokenId: 't1',
  username: 'ada',
  role: 'EDIT',
  expiresAt: 1000,
  experimentIds: undefined,
};

const read = (token: string) => readToken(token, crypto.decode);

const faultAt = (token: string, nowSeconds: number, secret = SECRET) => {
  const unchecked = read(token);
  if (unchecked === undefined) return 'no token';
  return tokenFault(unchecked, secret, { hmac: crypto.hmac, nowSeconds });
};

/** A token rightly signed, with any payload. */
const signed = (payload: unknown) => {
  const text = crypto.encode(typeof payload === 'string' ? payload : JSON.stringify(payload));
  return `tracklet_${text}.${crypto.hmac(SECRET, text)}`;
};

const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const anyClaims: fc.Arbitrary<TokenClaims> = fc.record({
  keyId: id,
  tokenId: id,
  username: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }),
  role: fc.constantFrom(...TOKEN_ROLES),
  expiresAt: fc.integer({ min: 0, max: 2 ** 40 }),
  experimentIds: fc.option(fc.array(fc.stringMatching(/^[0-9]{1,19}$/), { maxLength: 5 }), { nil: undefined }),
});

describe('a token', () => {
  test('says what it was made to say', () => {
    fc.assert(
      fc.property(anyClaims, (claims) => {
        const token = mintToken(claims, SECRET, crypto);
        expect(read(token)?.claims).toEqual(claims);
        expect(faultAt(token, claims.expiresAt - 1)).toBeUndefined();
      }),
      { seed: 31, numRuns: 300 },
    );
  });

  test('goes into a header and onto a command line as it is', () => {
    expect(mintToken({ ...CLAIMS, username: 'ÿ?>é漢\u{1f389}' }, SECRET, crypto)).toMatch(
      /^tracklet_[\w-]+\.[\w-]{43}$/,
    );
  });

  test('has the documented form', () => {
    const token = mintToken({ ...CLAIMS, experimentIds: ['1', '22'] }, SECRET, crypto);
    const [payload = ''] = token.slice('tracklet_'.length).split('.');
    expect(crypto.decode(payload)).toBe('{"k":"k1","t":"t1","u":"ada","r":"EDIT","e":1000,"x":["1","22"]}');
    expect(token).toBe(`tracklet_${payload}.${crypto.hmac(SECRET, payload)}`);
  });
});

describe('tokenFault', () => {
  const token = mintToken(CLAIMS, SECRET, crypto);

  test('is silent until the second of expiry', () => {
    expect(faultAt(token, 999)).toBeUndefined();
    expect(faultAt(token, 1000)).toBe('The token has expired.');
  });

  test('names neither key nor reason of a wrong signature', () => {
    expect(faultAt(token, 1, 'other')).toBe('The token is not valid.');
    expect(faultAt(token, 9999, 'other')).toBe('The token is not valid.');
    const other = mintToken({ ...CLAIMS, role: 'ADMIN' }, SECRET, crypto).split('.')[0];
    expect(faultAt(`${other}.${token.split('.')[1]}`, 1)).toBe('The token is not valid.');
  });

  test('notices any other character', () => {
    for (let at = 'tracklet_'.length; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      if (token[at] === '.') continue;
      expect(faultAt(token.slice(0, at) + other + token.slice(at + 1), 1)).toBeDefined();
    }
  });

  test('holds an HMAC of another length for wrong', () => {
    const unchecked = read(token);
    if (unchecked === undefined) throw new Error('no token');
    expect(tokenFault(unchecked, SECRET, { hmac: () => '', nowSeconds: 1 })).toBe('The token is not valid.');
    expect(tokenFault(unchecked, SECRET, { hmac: () => `${unchecked.signature}A`, nowSeconds: 1 })).toBe(
      'The token is not valid.',
    );
  });
});

describe('readToken', () => {
  const payload = { k: 'k1', t: 't1', u: 'ada', r: 'EDIT', e: 1000 };

  test('takes a token of any later version that says more', () => {
    expect(read(signed({ ...payload, z: 1 }))?.claims).toEqual(CLAIMS);
  });

  test.each([
    ['', 'nothing'],
    ['tracklet_', 'the prefix alone'],
    ['password', 'a password'],
    [signed(payload).slice('tracklet_'.length), 'no prefix'],
    [signed(payload).toUpperCase(), 'another case'],
    [` ${signed(payload)}`, 'a blank before'],
    [`${signed(payload)}\n`, 'a line end'],
    [`${signed(payload)}=`, 'padding'],
    [`${signed(payload)}.x`, 'a third part'],
    [signed(payload).slice(0, -1), 'half a signature'],
    [signed('{'), 'no JSON'],
    [signed('null'), 'null'],
    [signed('"text"'), 'a text'],
    [signed([]), 'a list'],
    [signed({}), 'nothing in it'],
    [signed({ ...payload, k: undefined }), 'no key'],
    [signed({ ...payload, k: 'a/b' }), 'a key that is a path'],
    [signed({ ...payload, k: 'k'.repeat(65) }), 'a long key id'],
    [signed({ ...payload, t: 7 }), 'a number for an id'],
    [signed({ ...payload, t: '' }), 'an empty id'],
    [signed({ ...payload, u: '' }), 'no user'],
    [signed({ ...payload, u: ['ada'] }), 'a list of users'],
    [signed({ ...payload, r: 'OWNER' }), 'an unknown role'],
    [signed({ ...payload, r: 'read' }), 'a role in lower case'],
    [signed({ ...payload, e: '1000' }), 'a text for a time'],
    [signed({ ...payload, e: 1.5 }), 'a broken time'],
    [signed('{"k":"k1","t":"t1","u":"ada","r":"EDIT","e":1e999}'), 'an endless time'],
    [signed({ ...payload, x: '7' }), 'a text for a list'],
    [signed({ ...payload, x: [7] }), 'numbers for ids'],
    [signed({ ...payload, x: ['7', 'a'] }), 'an id that is none'],
    [signed({ ...payload, x: null }), 'null for a list'],
    [signed({ ...payload, u: 'u'.repeat(MAX_TOKEN_LENGTH) }), 'huge'],
    [`tracklet_${'A'.repeat(1_000_000)}.${'A'.repeat(43)}`, 'a megabyte'],
  ])('%j is none: %s', (token) => {
    expect(read(token)).toBeUndefined();
  });
});
