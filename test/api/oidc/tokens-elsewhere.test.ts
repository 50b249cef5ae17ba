import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { tokensOfProvider } from '../../../functions/entry/provider-on-aws.ts';
import { openGuardedApp } from '../../support/guarded-app.ts';
import { claimsOf, now } from '../../support/oidc/claims.ts';
import { CLIENT_ID, startProvider } from '../../support/oidc/start-provider.ts';
import { callers } from '../../support/test-app.ts';

/** A process beside the one that signs in, such as the tracking function. */
const provider = await startProvider();
afterAll(provider.stop);
const app = await openGuardedApp();
const openOn = (issuer: string) =>
  app.beside({
    openOidc: tokensOfProvider(
      { issuer, clientId: CLIENT_ID, audiences: [], usernameClaim: 'preferred_username', groupsClaim: 'groups' },
      async () => '',
    ),
  });

const claims = (more?: object) => claimsOf(provider.issuer, more);
const whoami = (fetch: ReturnType<typeof openOn>, token: string) =>
  callers(fetch).call('GET', '/api/2.0/tracklet/whoami', undefined, { authorization: `Bearer ${token}` });

/** A server in the place of a provider, which tells this of itself; gives its issuer. */
async function providerThatSays(
  metadata: (issuer: string) => readonly [status: number, body: string],
): Promise<string> {
  const server = createServer((_, response) => {
    const [status, body] = metadata(issuer);
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port }: Partial<AddressInfo> = Object(server.address());
  const issuer = `http://127.0.0.1:${port}`;
  return issuer;
}

describe('a process that signs nobody in', () => {
  test('takes the tokens of the provider', async () => {
    const answer = await whoami(openOn(provider.issuer), await provider.sign(claims()));
    expect(answer).toMatchObject({ status: 200, body: { auth: 'oidc', username: 'alice', is_admin: false } });
  });

  test.each([
    ['for somebody else', { aud: 'another' }],
    ['of another issuer', { iss: 'https://id.example' }],
    ['that is over', { exp: now() - 600 }],
  ])('refuses one %s', async (_, more) => {
    expect((await whoami(openOn(provider.issuer), await provider.sign(claims(more)))).status).toBe(401);
  });

  test('asks again once the provider is back', async () => {
    const fetch = openOn(provider.issuer);
    const token = await provider.sign(claims());
    provider.down();
    expect((await whoami(fetch, token)).status).toBe(503);
    provider.up();
    expect((await whoami(fetch, token)).status).toBe(200);
  });

  test.each<[string, (issuer: string) => readonly [number, string]]>([
    [
      'is called otherwise',
      () => [200, JSON.stringify({ issuer: provider.issuer, jwks_uri: `${provider.issuer}/jwks` })],
    ],
    [
      'has its keys where anybody on the way may give others',
      (issuer) => [200, JSON.stringify({ issuer, jwks_uri: 'http://id.example/jwks' })],
    ],
    ['has no keys', (issuer) => [200, JSON.stringify({ issuer })]],
    ['has no name', () => [200, '{}']],
    ['speaks no JSON', () => [200, '<html>']],
    ['knows no such page', () => [404, '{}']],
  ])('believes no provider that %s', async (_, metadata) => {
    const issuer = await providerThatSays(metadata);
    const token = await provider.sign(claims({ iss: issuer }));
    expect((await whoami(openOn(issuer), token)).status).toBe(503);
  });
});
