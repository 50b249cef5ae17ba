import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPageTokens } from '../../functions/domain/page-token.ts';

const signWith = (key: string) => async (text: string) => createHmac('sha256', key).update(text).digest('base64url');

const tokens = createPageTokens(signWith('secret'));

const expectRefusal = (list: string, token: string) =>
  expect(tokens.open(list, token)).rejects.toMatchObject({
    code: 'INVALID_PARAMETER_VALUE',
    message: 'Invalid page token, could not base64-decode',
  });

describe('createPageTokens', () => {
  test('gives back the position that was sealed, whatever JSON it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (position) => {
        // JSON has no -0.
        const expected = JSON.parse(JSON.stringify(position));
        expect(await tokens.open('runs', await tokens.seal('runs', position))).toEqual(expected);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  test('makes tokens that need no escaping in a URL', async () => {
    expect(await tokens.seal('runs', ['ÿ?>', 'é漢🎉'])).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/);
  });

  test('refuses the token of another list', async () => {
    await expectRefusal('runs by name', await tokens.seal('runs by time', 1));
  });

  test('refuses a token signed with another key', async () => {
    await expectRefusal('runs', await createPageTokens(signWith('other')).seal('runs', 1));
  });

  test('refuses a token whose position was changed', async () => {
    const [body, signature] = (await tokens.seal('runs', [1])).split('.');
    const other = (await tokens.seal('runs', [2])).split('.')[0];
    expect(body).not.toBe(other);
    await expectRefusal('runs', `${other}.${signature}`);
  });

  test.each(['', '.', 'x', 'a.b.c', '###', '###.abc', 'eyJvZmZzZXQiOiA0fQ==', 'é.é'])(
    'refuses the garbage %j',
    async (token) => {
      await expectRefusal('runs', token);
    },
  );
});
