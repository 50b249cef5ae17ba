import { MlflowError } from '../../domain/errors.ts';
import type { OidcSignIn } from '../identity/oidc/oidc-sign-in.ts';
import type { Services } from '../operation.ts';

/** Where the provider sends browsers back to: its operator registers exactly this. */
export const callbackUri = (origin: string): string => `${origin}/api/2.0/tracklet/oidc/callback`;

/** The provider of this server; throws ENDPOINT_NOT_FOUND where users sign in by password. */
export function providerOf({ identity }: Services): OidcSignIn {
  if (identity?.oidc) return identity.oidc;
  throw new MlflowError('ENDPOINT_NOT_FOUND', 'This server has no OpenID provider; see GET /api/2.0/tracklet/session.');
}
