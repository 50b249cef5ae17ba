/** What is kept of a session of the dashboard: never the secret that opens it. Times are milliseconds since the epoch. */
export interface SessionRecord {
  /** The hash of its secret. */
  readonly sessionId: string;
  readonly username: string;
  /** Whose it is: a user who comes later by the same name has another id, and not this session. */
  readonly userId: number;
  readonly createdAt: number;
  /** When it ends, however busy it is. */
  readonly expiresAt: number;
  /** To a few minutes. */
  readonly lastUsedAt: number;
}

const HOUR_MS = 3_600_000;

/** Nobody touched it for so long: whoever it was has gone home. */
const IDLE_MS = 12 * HOUR_MS;

/** How long a session of a password lasts at most. */
const PASSWORD_LIFETIME_MS = 7 * 24 * HOUR_MS;
/** One of a provider ends in a day's work: it is asked again, and says what changed; mostly nobody has to type for it. */
const PROVIDER_LIFETIME_MS = 12 * HOUR_MS;

/** How exactly the last use is known: to write it for each request would double what the request costs. */
const TOUCH_MS = 5 * 60_000;

/** When a session that is made now ends at the latest. */
export const sessionEnd = (now: number, isOfProvider: boolean): number =>
  now + (isOfProvider ? PROVIDER_LIFETIME_MS : PASSWORD_LIFETIME_MS);

/** Whether a session may still be used. */
export const isSessionAlive = ({ expiresAt, lastUsedAt }: SessionRecord, now: number): boolean =>
  now < expiresAt && now - lastUsedAt < IDLE_MS;

/** Whether its last use should be noted. */
export const isTouchDue = ({ lastUsedAt }: SessionRecord, now: number): boolean => now - lastUsedAt >= TOUCH_MS;
