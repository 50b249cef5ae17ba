import { CLIENT_ID } from './start-provider.ts';

/** In seconds since the epoch, as tokens write times. */
export const now = (): number => Math.floor(Date.now() / 1000);

/** What a provider signs of Alice, for ten minutes, and whatever else is said. */
export const claimsOf = (issuer: string, more: object = {}) => ({
  iss: issuer,
  aud: CLIENT_ID,
  sub: 'sub-1',
  preferred_username: 'alice',
  iat: now(),
  exp: now() + 600,
  ...more,
});
