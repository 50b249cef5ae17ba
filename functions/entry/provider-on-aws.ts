import type { ClaimMapping } from '../domain/provider-account.ts';
import { createTokenVerifier } from '../oidc/create-token-verifier.ts';
import { createFindSigner } from '../oidc/find-signer.ts';
import type { OidcEnvironment } from './access-environment.ts';
import { type OpenOidc, openTokensWith } from './open-oidc.ts';
import type { ReadSecret } from './secrets-on-aws.ts';

/** Opens the provider that the environment tells of. Nothing is asked of it before somebody comes. */
export type OpenProviderOnAws = (oidc: OidcEnvironment, readSecret: ReadSecret) => OpenOidc;

/** Takes the provider's tokens, and leaves signing in to another function. */
export const tokensOfProvider: OpenProviderOnAws = (oidc) =>
  openTokensWith({ provider: createTokenVerifier(oidc, createFindSigner(oidc.issuer)), mapping: mappingOf(oidc) });

/** What the provider's claims mean. */
export const mappingOf = ({
  usernameClaim,
  groupsClaim,
  adminGroup,
  adminUsername,
}: OidcEnvironment): ClaimMapping => ({
  usernameClaim,
  groupsClaim,
  adminGroup,
  adminUsername,
});
