import { readFileSync } from 'node:fs';
import { isPlainLoopback } from '../functions/domain/plain-loopback.ts';
import { USERNAME_CLAIMS } from '../functions/domain/provider-account.ts';
import { CommandError } from './command-error.ts';

/** The options of `serve` that tell of an OpenID provider, as parseArgs reads them. */
export const OIDC_ARGUMENTS = {
  'oidc-issuer': { type: 'string' },
  'oidc-client-id': { type: 'string' },
  'oidc-client-secret-file': { type: 'string' },
  'oidc-audience': { type: 'string', multiple: true },
  'oidc-username-claim': { type: 'string' },
  'oidc-groups-claim': { type: 'string' },
  'oidc-admin-group': { type: 'string' },
} as const;

export const OIDC_USAGE = `  --oidc-issuer URL  with --auth oidc: the provider, https, or http on this machine
  --oidc-client-id ID
                     how the provider knows this server
  --oidc-client-secret-file FILE
                     holds the secret of that client; none for a public client
  --oidc-audience ID whom tokens of the provider may also be for that clients bring; may be given several times
  --oidc-username-claim CLAIM
                     which claim names users: preferred_username, email or sub (preferred_username)
  --oidc-groups-claim CLAIM
                     which claim lists groups; each is the role of the same name (groups)
  --oidc-admin-group GROUP
                     who is in it is an admin, and who is not is none`;

type Values = {
  readonly [name in keyof typeof OIDC_ARGUMENTS]?: string | readonly string[] | undefined;
};

/** The provider that users sign in at, and what its claims mean. */
export interface OidcOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly audiences: readonly string[];
  readonly usernameClaim: (typeof USERNAME_CLAIMS)[number];
  readonly groupsClaim: string;
  readonly adminGroup: string | undefined;
}

/** Reads the options of a provider; undefined in other modes. Throws CommandError naming the one that is wrong. */
export function parseOidcOptions(auth: string, values: Values): OidcOptions | undefined {
  const given = Object.keys(OIDC_ARGUMENTS).find((name) => hasValue(Reflect.get(values, name)));
  if (auth !== 'oidc') {
    if (given === undefined) return undefined;
    throw new CommandError(`--${given} goes with --auth oidc alone.`);
  }
  const secretFile = textOf(values['oidc-client-secret-file']);
  return {
    issuer: checkIssuer(required('oidc-issuer', values['oidc-issuer'])),
    clientId: required('oidc-client-id', values['oidc-client-id']),
    clientSecret: secretFile === undefined ? undefined : readSecret(secretFile),
    audiences: [values['oidc-audience'] ?? []].flat(),
    usernameClaim: checkUsernameClaim(textOf(values['oidc-username-claim']) ?? 'preferred_username'),
    groupsClaim: textOf(values['oidc-groups-claim']) ?? 'groups',
    adminGroup: textOf(values['oidc-admin-group']),
  };
}

const hasValue = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);

const textOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function required(name: string, value: string | readonly string[] | undefined): string {
  const text = textOf(value);
  if (text === undefined) throw new CommandError(`--auth oidc needs --${name}.`);
  return text;
}

function checkIssuer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.search === '' && url.hash === '' && url.username === '' && url.password === '';
  if (isPlain && (url.protocol === 'https:' || isPlainLoopback(url))) return text;
  throw new CommandError(
    `--oidc-issuer ${text} must be a URL with https, or with http on this machine, and no query or fragment.`,
  );
}

function checkUsernameClaim(name: string): OidcOptions['usernameClaim'] {
  const claim = USERNAME_CLAIMS.find((known) => known === name);
  if (claim) return claim;
  throw new CommandError(`--oidc-username-claim ${name} is not known; use ${USERNAME_CLAIMS.join(', ')}.`);
}

function readSecret(path: string): string {
  try {
    const secret = readFileSync(path, 'utf8').trim();
    if (secret !== '') return secret;
  } catch (cause) {
    throw new CommandError(
      `--oidc-client-secret-file ${path} cannot be read: ${cause instanceof Error ? cause.message : cause}`,
    );
  }
  throw new CommandError(`--oidc-client-secret-file ${path} is empty.`);
}

/** How browsers reach the server: scheme, host and port. Throws CommandError for what is more or less than that. */
export function parsePublicUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href) return url.origin;
  throw new CommandError(`--public-url ${text} must be a scheme and a host, such as https://tracklet.example.org.`);
}
