import { MAX_TOKEN_LENGTH, mintToken } from '../../functions/domain/token.ts';
import { newSortableId, now } from '../../functions/platform/system.ts';
import { tokenCrypto } from '../../functions/platform/token-crypto.ts';
import { CommandError } from '../command-error.ts';
import { loadKey } from '../key-file.ts';
import type { TokenOptions } from './token-options.ts';

/** Prints a token that the key of the data dir signs, alone on stdout. */
export function printToken({ username, role, lifeSeconds, experimentIds, dataDir }: TokenOptions): void {
  const { keyId, secret } = loadKey(dataDir, 'token-key');
  const expiresAt = Math.floor(now() / 1000) + lifeSeconds;
  const claims = { keyId, tokenId: newSortableId(), username, role, expiresAt, experimentIds };
  const token = mintToken(claims, secret, tokenCrypto);
  if (token.length > MAX_TOKEN_LENGTH) {
    throw new CommandError(
      `the token would take ${token.length} characters; at most ${MAX_TOKEN_LENGTH} are allowed. Name fewer --experiments.`,
    );
  }
  console.log(token);
}
