import { isSameText } from '../../domain/same-text.ts';
import { isSessionAlive, isTouchDue, type SessionRecord, sessionEnd } from '../../domain/session.ts';
import type { User } from '../../domain/user.ts';
import type { IdentityStore } from '../../store/identity-store.ts';
import type { KeptAccess, KnownUser } from './kept-access.ts';

/** A session that was made. */
export interface OpenedSession {
  /** What the cookie holds: whoever has it is its user. */
  readonly text: string;
  readonly csrfToken: string;
  readonly record: SessionRecord;
  readonly user: User;
}

/** A session that may be used, and whose it is. */
export interface LiveSession {
  readonly record: SessionRecord;
  readonly known: KnownUser;
  readonly csrfToken: string;
}

/** Sessions of the dashboard. */
export interface Sessions {
  /**
   * Makes one for a user who has just shown who they are; undefined when they were deleted, or their password was changed,
   * meanwhile.
   */
  readonly open: (user: User) => Promise<OpenedSession | undefined>;
  /** Looks one up by its text, now: one that was ended is over from then on. */
  readonly find: (text: string) => Promise<LiveSession | undefined>;
}

interface SessionsProps {
  readonly store: Pick<IdentityStore, 'findUser' | 'putSession' | 'findSession' | 'touchSession' | 'deleteSession'>;
  readonly access: Pick<KeptAccess, 'findUser'>;
  readonly clock: () => number;
  readonly newSecret: () => string;
  /** A hash that cannot be turned back; the secret is random, so that it needs no salt. */
  readonly hash: (text: string) => string;
  readonly hmac: (secret: string, text: string) => string;
}

/**
 * Sessions in the table, under hashes of their secrets. The token against forged requests is made of the secret: it needs
 * no second cookie, which a neighbouring subdomain could plant, and no place in the table.
 */
export function createSessions(props: SessionsProps): Sessions {
  const { store, access, clock, hash } = props;
  const csrfTokenOf = (secret: string) => props.hmac(secret, 'csrf');
  return {
    open: async (user) => {
      const now = clock();
      const secret = props.newSecret();
      const record: SessionRecord = {
        sessionId: hash(secret),
        username: user.username,
        userId: user.id,
        createdAt: now,
        expiresAt: sessionEnd(now, user.account !== undefined),
        lastUsedAt: now,
      };
      await store.putSession(record);
      // A password that is changed between its check and this write ends the sessions that are there: not yet this one.
      const fresh = await store.findUser(user.username);
      if (fresh?.id !== user.id || !isSameText(fresh.passwordHash, user.passwordHash)) {
        await store.deleteSession(user.username, record.sessionId);
        return undefined;
      }
      return { text: writeText(user.username, secret), csrfToken: csrfTokenOf(secret), record, user: fresh };
    },
    find: async (text) => {
      const { username, secret } = readText(text) ?? {};
      if (username === undefined || secret === undefined) return undefined;
      const [record, known] = await Promise.all([store.findSession(username, hash(secret)), access.findUser(username)]);
      const now = clock();
      if (!record || !isSessionAlive(record, now) || known?.user.id !== record.userId) return undefined;
      if (isTouchDue(record, now)) await store.touchSession(username, record.sessionId, now);
      return { record, known, csrfToken: csrfTokenOf(secret) };
    },
  };
}

const TEXT_FORM = /^([A-Za-z0-9_-]{1,1400})\.([0-9a-f]{64})$/;

/** `<base64url of the user's name>.<secret>`: the name says where in the table to look. */
const writeText = (username: string, secret: string): string =>
  `${Buffer.from(username).toString('base64url')}.${secret}`;

function readText(text: string): { readonly username: string; readonly secret: string } | undefined {
  const [, name, secret] = TEXT_FORM.exec(text) ?? [];
  if (name === undefined || secret === undefined) return undefined;
  return { username: Buffer.from(name, 'base64url').toString('utf8'), secret };
}
