import { PERMISSIONS, type Permission } from '../domain/permission.ts';
import { compilePattern } from '../domain/redaction/compile-pattern.ts';
import { REDACTION_MODES, type RedactionMode } from '../domain/redaction/redact.ts';
import type { Rule } from '../domain/redaction/spans.ts';
import type { OidcOptions } from '../oidc/options.ts';
import { AUTH_MODES, type AuthMode, OIDC_ENV, OPTIONAL_ENV, REQUEST_ENV, readSetting, USERS_ENV } from './env.ts';

/** The provider where users sign in, as the infrastructure tells functions of it. */
export interface OidcEnvironment extends OidcOptions {
  /** Who is an admin whatever their groups. */
  readonly adminUsername?: string | undefined;
  /** Names the secret of the client, for the one function that signs in; undefined for the others, and of a public client. */
  readonly clientSecretArn?: string | undefined;
}

/** How users get in. */
interface UsersEnvironment {
  readonly defaultPermission: Permission;
  /** Names the secret that signs tokens. */
  readonly tokenKeySecret: string;
  /** Undefined where they sign in by password. */
  readonly oidc: OidcEnvironment | undefined;
  readonly publicOrigin: string | undefined;
}

/** Who gets in, and what is looked for in what they send. */
export interface AccessEnvironment {
  /** Undefined where the gateway has asked who calls. */
  readonly users: UsersEnvironment | undefined;
  readonly redaction: { readonly mode: RedactionMode; readonly rules: readonly Rule[] };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads who gets in; throws naming the variable that is missing or wrong. */
export function readAccessEnvironment(env: Environment): AccessEnvironment {
  const auth = oneOf(AUTH_MODES, env, REQUEST_ENV.auth);
  const mode = oneOf(REDACTION_MODES, env, REQUEST_ENV.redaction);
  const patterns: Readonly<Record<string, string>> = JSON.parse(readSetting(env, REQUEST_ENV.redactionPatterns));
  const rules = Object.entries(patterns).map(([name, pattern]) => compilePattern(name, pattern));
  return { users: auth === 'iam' ? undefined : readUsersEnvironment(env, auth), redaction: { mode, rules } };
}

const readUsersEnvironment = (env: Environment, auth: AuthMode): UsersEnvironment => ({
  defaultPermission: oneOf(PERMISSIONS, env, USERS_ENV.defaultPermission),
  tokenKeySecret: readSetting(env, USERS_ENV.tokenKeySecret),
  // The infrastructure has checked it.
  oidc: auth === 'oidc' ? (JSON.parse(readSetting(env, OIDC_ENV)) as OidcEnvironment) : undefined,
  publicOrigin: env[OPTIONAL_ENV.publicOrigin] || undefined,
});

function oneOf<T extends string>(values: readonly T[], env: Environment, name: string): T {
  const text = readSetting(env, name);
  const found = values.find((value) => value === text);
  if (found === undefined) throw new Error(`environment variable ${name} is ${text}, not ${values.join(', ')}`);
  return found;
}
