import { readFileSync } from 'node:fs';
import { OIDC_RULES, type OidcOptions, oidcOptions, originIn } from '../functions/oidc/options.ts';
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
export interface ServedOidc extends OidcOptions {
  readonly clientSecret: string | undefined;
}

/** By which option of `serve` each is told. */
const OPTIONS: Readonly<Record<keyof OidcOptions, keyof typeof OIDC_ARGUMENTS>> = {
  issuer: 'oidc-issuer',
  clientId: 'oidc-client-id',
  audiences: 'oidc-audience',
  usernameClaim: 'oidc-username-claim',
  groupsClaim: 'oidc-groups-claim',
  adminGroup: 'oidc-admin-group',
};

/** Reads the options of a provider; undefined in other modes. Throws CommandError naming the one that is wrong. */
export function parseOidcOptions(auth: string, values: Values): ServedOidc | undefined {
  const given = Object.keys(OIDC_ARGUMENTS).find((name) => hasValue(Reflect.get(values, name)));
  if (auth !== 'oidc') {
    if (given === undefined) return undefined;
    throw new CommandError(`--${given} goes with --auth oidc alone.`);
  }
  for (const name of ['oidc-issuer', 'oidc-client-id'] as const) {
    if (!values[name]) throw new CommandError(`--auth oidc needs --${name}.`);
  }
  const secretFile = values['oidc-client-secret-file'];
  return {
    ...readOptions(values),
    clientSecret: typeof secretFile === 'string' && secretFile !== '' ? readSecret(secretFile) : undefined,
  };
}

function readOptions(values: Values): OidcOptions {
  const said = Object.entries(OPTIONS).map(([key, name]) => [key, values[name] === '' ? undefined : values[name]]);
  const read = oidcOptions.safeParse(Object.fromEntries(said));
  if (read.success) return read.data;
  const key = keyOf(read.error.issues[0]?.path[0]);
  throw new CommandError(`--${OPTIONS[key]} ${values[OPTIONS[key]]} ${OIDC_RULES[key]}.`);
}

function keyOf(name: PropertyKey | undefined): keyof OidcOptions {
  const key = Object.keys(OPTIONS).find((each): each is keyof OidcOptions => each === name);
  if (key === undefined) throw new Error(`${String(name)} is no option of a provider`);
  return key;
}

const hasValue = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);

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
  const origin = originIn(text);
  if (origin !== undefined) return origin;
  throw new CommandError(`--public-url ${text} must be a scheme and a host, such as https://tracklet.example.org.`);
}
