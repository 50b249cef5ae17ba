import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';

/** What the provider tells of somebody, beside who they are. */
export type Person = Readonly<Record<string, unknown>>;

export const CLIENT_ID = 'tracklet';
export const CLIENT_SECRET = 'the secret of the client';
const REDIRECT_URI = 'http://127.0.0.1/api/2.0/tracklet/oidc/callback';
/** A machine with an account of its own. */
export const MACHINE = { id: 'nightly-job', secret: 'the secret of the machine' };

/** A real OpenID provider on this machine, whose people sign in by their name and any password. */
export interface TestProvider {
  readonly issuer: string;
  /** By subject. */
  readonly people: Map<string, Person>;
  /** Signs by the provider's present key, whatever the claims; `header` wins over what it would say. */
  readonly sign: (claims: JWTPayload, header?: Readonly<Record<string, string>>) => Promise<string>;
  /** A token of the machine, as the provider itself gives it. */
  readonly machineToken: () => Promise<string>;
  /** The public key, as anybody can read it. */
  readonly publicKeys: () => Promise<string>;
  /** From now on another key signs, and the one before is gone. */
  readonly rotate: () => Promise<void>;
  /** Answers nothing but errors, until it is `up` again. */
  readonly down: () => void;
  readonly up: () => void;
  readonly stop: () => Promise<void>;
}

const ALGORITHM = 'RS256';
/** What the provider calls a service; tokens for it are signed texts. */
const RESOURCE = 'urn:tracklet';

/** Starts a provider that knows the client of the tests. */
export async function startProvider(redirectUris: readonly string[] = [REDIRECT_URI]): Promise<TestProvider> {
  let listener: RequestListener = (_, response) => response.writeHead(503).end();
  let isUp = true;
  const server = createServer((request, response) => {
    if (isUp) listener(request, response);
    else response.writeHead(503).end('down');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const people = new Map<string, Person>();
  let keys = await newKeys();
  let keyNumber = 1;
  const open = async () => {
    const jwk = { ...(await exportJWK(keys.privateKey)), alg: ALGORITHM, use: 'sig', kid: `key-${keyNumber}` };
    listener = new Provider(issuer, configuration(jwk, people, redirectUris)).callback();
  };
  await open();
  return {
    issuer,
    people,
    sign: (claims, header) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: ALGORITHM, kid: `key-${keyNumber}`, ...header })
        .sign(keys.privateKey),
    machineToken: () => machineToken(issuer),
    publicKeys: async () => (await fetch(`${issuer}/jwks`)).text(),
    rotate: async () => {
      keys = await newKeys();
      keyNumber += 1;
      await open();
    },
    down: () => {
      isUp = false;
    },
    up: () => {
      isUp = true;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const newKeys = () => generateKeyPair(ALGORITHM, { extractable: true });

async function machineToken(issuer: string): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${MACHINE.id}:${encodeURIComponent(MACHINE.secret)}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: RESOURCE }),
  });
  const { access_token } = (await response.json()) as { access_token?: string };
  if (access_token === undefined) throw new Error(`the provider gave no token: ${response.status}`);
  return access_token;
}

const configuration = (jwk: object, people: Map<string, Person>, redirectUris: readonly string[]) => ({
  clients: [
    {
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      redirect_uris: redirectUris,
      response_types: ['code'],
      grant_types: ['authorization_code'],
    },
    {
      client_id: MACHINE.id,
      client_secret: MACHINE.secret,
      redirect_uris: [],
      response_types: [],
      grant_types: ['client_credentials'],
    },
  ],
  jwks: { keys: [jwk] },
  cookies: { keys: ['the key of the provider’s cookies'] },
  scopes: ['openid', 'profile', 'email', 'groups'],
  claims: {
    openid: ['sub'],
    profile: ['preferred_username'],
    email: ['email', 'email_verified'],
    groups: ['groups'],
  },
  ttl: { AccessToken: 600, ClientCredentials: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  pkce: { required: () => true },
  findAccount: (_: unknown, id: string) => ({
    accountId: id,
    claims: async () => ({ sub: id, ...people.get(id) }),
  }),
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: () => ({
        audience: CLIENT_ID,
        scope: '',
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: ALGORITHM } },
      }),
    },
  },
});
