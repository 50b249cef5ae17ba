import type { KeptAccess } from '../api/identity/kept-access.ts';
import { createAttempts } from '../api/identity/oidc/attempts.ts';
import { createKnownAccounts } from '../api/identity/oidc/known-accounts.ts';
import { byTokenOf, createOidcSignIn, type OidcSignIn } from '../api/identity/oidc/oidc-sign-in.ts';
import type { OidcProvider } from '../api/identity/oidc/provider.ts';
import type { ClaimMapping } from '../domain/provider-account.ts';
import { createSecretBox } from '../platform/secret-box.ts';

/** A provider, and what its claims mean here. */
export interface WiredProvider {
  readonly provider: OidcProvider;
  readonly mapping: ClaimMapping;
}

/** What a guard has that a provider's sign-in needs, too. */
export interface OidcSurroundings {
  readonly access: KeptAccess;
  /** Seals what browsers carry while they are away; the same in all processes of a deployment. */
  readonly sealingSecret: () => Promise<string>;
  readonly newSecret: () => string;
  readonly clock: () => number;
}

/** Opens signing in at a provider. */
export type OpenOidc = (surroundings: OidcSurroundings) => OidcSignIn;

/** Wires signing in at a provider; apart from the guard, so that only who has a provider carries it. */
export const openOidcWith =
  ({ provider, mapping }: WiredProvider): OpenOidc =>
  ({ access, sealingSecret, newSecret, clock }) =>
    createOidcSignIn({
      provider,
      accounts: createKnownAccounts({ store: access.store, access, mapping }),
      attempts: createAttempts({ box: createSecretBox(sealingSecret), clock }),
      newSecret,
      clock,
    });

/** As openOidcWith, for a function that takes a provider's tokens while another one signs in; it does without the code for that. */
export const openTokensWith =
  ({
    provider,
    mapping,
  }: {
    readonly provider: Pick<OidcProvider, 'verifyToken'>;
    readonly mapping: ClaimMapping;
  }): OpenOidc =>
  ({ access }) => ({
    begin: signsInElsewhere,
    finish: signsInElsewhere,
    byToken: byTokenOf(provider, createKnownAccounts({ store: access.store, access, mapping })),
  });

function signsInElsewhere(): never {
  throw new Error('this function was started without the way to sign in at the provider');
}
