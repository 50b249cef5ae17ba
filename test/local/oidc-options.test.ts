import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseServeOptions } from '../../local/serve-options.ts';
import { newFolder } from '../support/new-folder.ts';

const NEEDED = ['--auth', 'oidc', '--oidc-issuer', 'https://id.example/realm', '--oidc-client-id', 'tracklet'];
const parse = (...more: readonly string[]) => parseServeOptions([...NEEDED, ...more]);

test('the provider has names and groups as most have them, unless told otherwise', () => {
  expect(parse().oidc).toEqual({
    issuer: 'https://id.example/realm',
    clientId: 'tracklet',
    clientSecret: undefined,
    audiences: [],
    usernameClaim: 'preferred_username',
    groupsClaim: 'groups',
    adminGroup: undefined,
  });
});

test('all of it can be told otherwise', async () => {
  const file = join(await newFolder(), 'secret');
  await writeFile(file, ' s3cret\n');
  const { oidc } = parse(
    ...['--oidc-client-secret-file', file, '--oidc-audience', 'a', '--oidc-audience', 'b'],
    ...['--oidc-username-claim', 'email', '--oidc-groups-claim', 'cognito:groups', '--oidc-admin-group', 'ops'],
  );
  expect(oidc).toMatchObject({
    clientSecret: 's3cret',
    audiences: ['a', 'b'],
    usernameClaim: 'email',
    groupsClaim: 'cognito:groups',
    adminGroup: 'ops',
  });
});

test('other modes have no provider', () => {
  expect(parseServeOptions([]).oidc).toBeUndefined();
  expect(parseServeOptions(['--auth', 'basic']).oidc).toBeUndefined();
});

describe('an issuer', () => {
  test.each(['http://127.0.0.1:8080', 'http://localhost:8080/realm', 'http://[::1]:1'])('may be %s', (issuer) => {
    expect(parse('--oidc-issuer', issuer).oidc?.issuer).toBe(issuer);
  });

  test.each([
    'http://id.example',
    'http://127.0.0.1.id.example',
    'http://10.0.0.1',
    'id.example',
    'ftp://id.example',
    'https://id.example?x=1',
    'https://id.example#x',
    'https://user:pass@id.example',
  ])('may not be %s', (issuer) => {
    expect(() => parse('--oidc-issuer', issuer)).toThrow('must be a URL with https');
  });
});

test('a secret that is not there, or empty, is told of', async () => {
  const file = join(await newFolder(), 'secret');
  expect(() => parse('--oidc-client-secret-file', file)).toThrow(`${file} cannot be read`);
  await writeFile(file, '\n');
  expect(() => parse('--oidc-client-secret-file', file)).toThrow(`${file} is empty`);
});

test('other claims do not name users', () => {
  expect(() => parse('--oidc-username-claim', 'name')).toThrow('use preferred_username, email, sub.');
});

describe('the public URL', () => {
  test('is a scheme and a host', () => {
    expect(parse('--public-url', 'https://tracklet.example.org/').publicOrigin).toBe('https://tracklet.example.org');
    expect(parse('--public-url', 'http://box:8080').publicOrigin).toBe('http://box:8080');
    expect(parse().publicOrigin).toBeUndefined();
  });

  test.each(['tracklet.example.org', 'https://tracklet.example.org/path', 'https://a?b', 'ftp://a', 'https://u:p@a'])(
    'is not %s',
    (url) => {
      expect(() => parse('--public-url', url)).toThrow('must be a scheme and a host');
    },
  );
});
