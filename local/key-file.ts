import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from './command-error.ts';

/** A secret with a name; both are text. */
interface NamedKey {
  readonly keyId: string;
  readonly secret: string;
}

const OWNER_ONLY = 0o600;

/** The keys of a data dir: what signs tokens, and requests to the embedded S3. */
export type KeyName = 'token-key' | 's3-key';

/**
 * A key of a data dir, made at first need, whether a server runs or not. Of processes that need it at the same time all
 * get the one that came first.
 */
export function loadKey(dataDir: string, name: KeyName): NamedKey {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, `${name}.json`);
  const made = makeKey();
  const draft = `${path}.${made.keyId}`;
  const known = readKey(path);
  if (known) return known;
  try {
    writeFileSync(draft, `${JSON.stringify(made)}\n`, { mode: OWNER_ONLY, flag: 'wx', flush: true });
    // Fails when there is one already; and nobody ever sees half a key.
    linkSync(draft, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readKey(path) ?? made;
}

/** A new key that is kept nowhere. */
export const makeKey = (): NamedKey => ({
  keyId: randomBytes(6).toString('hex'),
  secret: randomBytes(32).toString('base64url'),
});

function readKey(path: string): NamedKey | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  const [, keyId, secret] = /^\{"keyId":"([\w-]{1,64})","secret":"([\w-]{43})"\}\n$/.exec(text) ?? [];
  if (keyId !== undefined && secret !== undefined) return { keyId, secret };
  throw new CommandError(
    `${path} holds no key. Put the file back as it was, or remove it: a new one is made, and what the old one signed ends.`,
    1,
  );
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
