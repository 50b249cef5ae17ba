import { TOKEN_ROLES, type TokenClaims, type TokenRole } from './token.ts';

/** What a token is made of; which key signs it is the codec's to choose. */
export type NewToken = Omit<TokenClaims, 'keyId'>;

/** Makes and checks the text of tokens. */
export interface TokenCodec {
  /** Throws INVALID_PARAMETER_VALUE for one that would be too long to be sent. */
  readonly sign: (token: NewToken) => Promise<string>;
  /** What a token says, if its signature is right and its time is not over. */
  readonly verify: (text: string) => Promise<NewToken | undefined>;
}

/** What is kept of a token: never the token itself. Times are milliseconds since the epoch. */
export interface TokenRecord extends Omit<NewToken, 'expiresAt'> {
  /** What its maker calls it. */
  readonly name: string;
  /**
   * The only registered models it is good for, by name; undefined for all, or where experiments alone are named for none.
   * They bound as `experimentIds` does, which then is a list, though it be empty: what knows nothing of models refuses.
   */
  readonly registeredModels?: readonly string[] | undefined;
  /** Whose it is: a user who comes later by the same name has another id, and not this token. */
  readonly userId: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** To the hour. */
  readonly lastUsedAt: number | undefined;
  readonly revokedAt: number | undefined;
}

/** Whether a role gives no more than another. */
export const isWithin = (role: TokenRole, bound: TokenRole): boolean =>
  TOKEN_ROLES.indexOf(role) <= TOKEN_ROLES.indexOf(bound);
