/** Who somebody is to an OpenID provider: the pair never changes and is never given to another. */
export interface ProviderAccount {
  readonly issuer: string;
  readonly subject: string;
}

/** The claims of which one is taken as the name of a user. */
export const USERNAME_CLAIMS = ['preferred_username', 'email', 'sub'] as const;

/** What the claims of a provider mean here. */
export interface ClaimMapping {
  readonly usernameClaim: (typeof USERNAME_CLAIMS)[number];
  /** Which claim lists the groups of a user; each is the role of the same name, if there is one. */
  readonly groupsClaim: string;
  /** Who is in it is an admin. */
  readonly adminGroup: string | undefined;
  /** Who is an admin whatever their groups: for providers that know no groups. */
  readonly adminUsername: string | undefined;
}

/** What a provider says of somebody, once its signature and all else was checked. */
export type Claims = Readonly<Record<string, unknown>>;

/** The name by which a provider wants somebody known; undefined when it tells none, or says itself that it is not proven. */
export function usernameIn(claims: Claims, { usernameClaim }: ClaimMapping): string | undefined {
  const name = claims[usernameClaim];
  // An address that nobody proved is anybody's.
  if (usernameClaim === 'email' && claims.email_verified === false) return undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** The groups of somebody; undefined when the claims do not speak of them. Some providers write a single one as a text. */
export function groupsIn(claims: Claims, { groupsClaim }: ClaimMapping): ReadonlySet<string> | undefined {
  const groups = claims[groupsClaim];
  if (typeof groups === 'string') return new Set([groups]);
  return Array.isArray(groups) ? new Set(groups.filter((group) => typeof group === 'string')) : undefined;
}

/** Whether somebody is an admin by their groups or name; undefined where the mapping leaves that to other admins. */
export function isAdminBy(
  groups: ReadonlySet<string>,
  username: string,
  { adminGroup, adminUsername }: ClaimMapping,
): boolean | undefined {
  if (adminUsername !== undefined && username === adminUsername) return true;
  return adminGroup === undefined ? undefined : groups.has(adminGroup);
}
