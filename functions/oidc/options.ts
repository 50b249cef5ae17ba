import * as z from 'zod';
import { isPlainLoopback } from '../domain/plain-loopback.ts';
import { USERNAME_CLAIMS } from '../domain/provider-account.ts';

const text = z.string().min(1).max(400);

/** What an operator says of an OpenID provider, on a laptop and on AWS alike. */
export const oidcOptions = z.strictObject({
  issuer: text.refine(isIssuer),
  clientId: text,
  /** Whom tokens that clients bring may be for, besides the client itself. */
  audiences: z.array(text).max(20).default([]),
  usernameClaim: z.enum(USERNAME_CLAIMS).default('preferred_username'),
  groupsClaim: text.default('groups'),
  adminGroup: text.optional(),
});

export type OidcOptions = z.infer<typeof oidcOptions>;

/** What each of them must be, in the operator's words. */
export const OIDC_RULES: Readonly<Record<keyof OidcOptions, string>> = {
  issuer: 'must be a URL with https, or with http on this machine, and no query or fragment',
  clientId: 'must be the name by which the provider knows this server',
  audiences: 'must be up to 20 names',
  usernameClaim: `must be a claim that names users; use ${USERNAME_CLAIMS.join(', ')}`,
  groupsClaim: 'must be the name of a claim',
  adminGroup: 'must be the name of a group',
};

function isIssuer(given: string): boolean {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isPlain = url?.search === '' && url.hash === '' && url.username === '' && url.password === '';
  return isPlain && (url.protocol === 'https:' || isPlainLoopback(url));
}

/** The scheme and host by which browsers reach a server; undefined for what is more or less than that. */
export function originIn(given: string): string | undefined {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  return url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href ? url.origin : undefined;
}
