import { PERMISSIONS, type Permission } from '../domain/permission.ts';
import { compilePattern } from '../domain/redaction/compile-pattern.ts';
import { REDACTION_MODES, type RedactionMode } from '../domain/redaction/redact.ts';
import type { Rule } from '../domain/redaction/spans.ts';
import { AUTH_MODES, REQUEST_ENV, readSetting, USERS_ENV } from './env.ts';

/** How users get in. */
interface UsersEnvironment {
  readonly defaultPermission: Permission;
  /** Names the secret that signs tokens. */
  readonly tokenKeySecret: string;
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
  return { users: auth === 'users' ? readUsersEnvironment(env) : undefined, redaction: { mode, rules } };
}

const readUsersEnvironment = (env: Environment): UsersEnvironment => ({
  defaultPermission: oneOf(PERMISSIONS, env, USERS_ENV.defaultPermission),
  tokenKeySecret: readSetting(env, USERS_ENV.tokenKeySecret),
});

function oneOf<T extends string>(values: readonly T[], env: Environment, name: string): T {
  const text = readSetting(env, name);
  const found = values.find((value) => value === text);
  if (found === undefined) throw new Error(`environment variable ${name} is ${text}, not ${values.join(', ')}`);
  return found;
}
