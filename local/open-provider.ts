import { MlflowError } from '../functions/domain/errors.ts';
import type { WiredProvider } from '../functions/entry/open-oidc.ts';
import type { ServedOidc } from './oidc-options.ts';

/** Opens the provider that users sign in at. One that does not answer is told of, and asked again when somebody signs in. */
export async function openProvider({
  usernameClaim,
  groupsClaim,
  adminGroup,
  clientSecret: secret,
  ...more
}: ServedOidc): Promise<WiredProvider> {
  // Only here: no other server need load what speaks to it.
  const { createOidcProvider } = await import('../functions/oidc/create-oidc-provider.ts');
  const clientSecret = secret === undefined ? undefined : async () => secret;
  const provider = createOidcProvider({ ...more, clientSecret, usernameClaim, groupsClaim });
  await provider.check().catch((error: unknown) => console.error(faultOf(more.issuer, error)));
  const adminUsername = process.env.TRACKLET_ADMIN_USERNAME || undefined;
  return { provider, mapping: { usernameClaim, groupsClaim, adminGroup, adminUsername } };
}

function faultOf(issuer: string, error: unknown): string {
  const { cause } = error instanceof MlflowError ? error : { cause: error };
  const why = cause instanceof Error ? [cause.message, messageOf(cause.cause)].filter(Boolean).join(': ') : cause;
  return `error: the OpenID provider ${issuer} cannot be used now (${why}); it is asked again when somebody signs in.`;
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : '');
