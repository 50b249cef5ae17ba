import { ApiError } from './api-error.ts';
import { contentOf, exchange, refusalOf } from './exchange.ts';

/** The header by which a page shows that it is ours (docs/users.md); also empty, it spares a reader the browser's own box. */
export const CSRF_HEADER = 'x-tracklet-csrf';

const PATH = '/ajax-api/2.0/tracklet/session';

/** Somebody who is signed in. */
export interface SessionUser {
  readonly username: string;
  readonly isAdmin: boolean;
}

/** How people sign in: by password, or at an OpenID provider, to which the address leads. */
export type SignInWay = { readonly kind: 'password' } | { readonly kind: 'provider'; readonly address: string };

/** Whether anybody must sign in, and who has; `open` where the server does not ask. */
export type SessionState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'open' }
  | {
      readonly kind: 'signedIn';
      readonly user: SessionUser;
      readonly way: SignInWay;
      readonly csrfToken: string;
    }
  | {
      readonly kind: 'signedOut';
      readonly way: SignInWay;
      /** Who worked on this page until their session ended: what they typed waits for them. Undefined for a new visitor. */
      readonly before: SessionUser | undefined;
      /** Whether they are being asked to sign in again. */
      readonly isAsked: boolean;
    };

interface WireSession {
  readonly auth: 'none' | 'basic' | 'oidc';
  readonly login_url?: string;
  readonly user?: { readonly username: string; readonly is_admin: boolean };
  readonly csrf_token?: string;
}

type Listener = () => void;

/** The server has no such call, or one in front of it answers for it: then there is nothing to sign in to here. */
const OPEN_STATUSES: readonly number[] = [401, 403, 404, 405];

/**
 * Knows who is signed in. A request that is refused for want of a session waits here until its user signed in again, and
 * is then sent once more; if somebody else did, or nobody will, it fails.
 */
class Session {
  #state: SessionState = { kind: 'unknown' };
  #generation = 0;
  #asking: Promise<void> | undefined;
  #first: Promise<void> | undefined;
  readonly #listeners = new Set<Listener>();
  readonly #userListeners = new Set<(isOther: boolean) => void>();
  readonly #waiting = new Set<() => void>();

  readonly state = (): SessionState => this.#state;

  /** Another number for each other user: what one had open is not for the next. */
  readonly generation = (): number => this.#generation;

  /** Hears each change of the state; gives back how to stop that. */
  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Hears when somebody is signed in again, or another user or none is than before. */
  readonly onUser = (listener: (isOther: boolean) => void): (() => void) => {
    this.#userListeners.add(listener);
    return () => this.#userListeners.delete(listener);
  };

  /** Resolves when it is known who is signed in, or could not be found out: what is sent then will be refused, and tell why. */
  readonly ready = (): Promise<void> => {
    this.#first ??= this.refresh().catch(() => {
      this.#first = undefined;
    });
    return this.#first;
  };

  /** Asks who is signed in. */
  readonly refresh = (): Promise<void> => {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  };

  /** What a request brings beside its cookie. */
  readonly csrfToken = (): string => (this.#state.kind === 'signedIn' ? this.#state.csrfToken : '');

  /** Whether a request that was refused may be sent again, now that its user is signed in; `sent` is the state it was sent in. */
  readonly mayGoOn = async (sent: SessionState): Promise<boolean> => {
    if (!isRenewed(sent, this.#state)) await this.refresh();
    if (this.#state.kind === 'signedOut' && this.#state.isAsked) await this.#answered();
    return isRenewed(sent, this.#state);
  };

  /** Waits while somebody is being asked to sign in; throws when it then was somebody else than before. */
  readonly untilAsked = async (): Promise<void> => {
    const before = this.#state;
    if (before.kind !== 'signedOut' || !before.isAsked) return;
    await this.#answered();
    if (isOtherUser(before, this.#state))
      throw new ApiError({ status: 401, code: 'UNAUTHENTICATED', message: 'Somebody else is signed in now.' });
  };

  /** Signs in by password; throws what the server refuses. */
  readonly signIn = async (username: string, password: string): Promise<void> => {
    this.#become(stateOf(await this.#send('POST', { username, password }), this.#state));
  };

  readonly signOut = async (): Promise<void> => {
    await this.#send('DELETE', undefined);
    if (this.#state.kind === 'signedIn')
      this.#become({ kind: 'signedOut', way: this.#state.way, before: undefined, isAsked: true });
  };

  /** Does not sign in again for now: what waits fails, and what was typed stays. */
  readonly putOff = (): void => {
    if (this.#state.kind === 'signedOut') this.#become({ ...this.#state, isAsked: false });
  };

  /** Asks to sign in after all. */
  readonly askAgain = (): void => {
    if (this.#state.kind === 'signedOut' && !this.#state.isAsked) this.#become({ ...this.#state, isAsked: true });
  };

  #answered(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  async #ask(): Promise<void> {
    try {
      this.#become(stateOf(await this.#send('GET', undefined), this.#state));
    } catch (error) {
      if (!(error instanceof ApiError && OPEN_STATUSES.includes(error.status))) throw error;
      this.#become({ kind: 'open' });
    }
  }

  async #send(method: 'GET' | 'POST' | 'DELETE', body: object | undefined): Promise<WireSession> {
    const init: RequestInit = {
      method,
      cache: 'no-store',
      headers: { 'content-type': 'application/json', [CSRF_HEADER]: this.csrfToken() },
      ...(body ? { body: JSON.stringify(body) } : {}),
    };
    const response = await exchange(PATH, init);
    const text = await contentOf(() => response.text(), init);
    if (!response.ok) throw refusalOf(response, text);
    // The shape of an answer is the API's promise.
    return JSON.parse(text) as WireSession;
  }

  #become(state: SessionState): void {
    const before = this.#state;
    const isOther = isOtherUser(before, state);
    this.#state = state;
    if (isOther) this.#generation += 1;
    if (isOther || (before.kind === 'signedOut' && state.kind === 'signedIn'))
      for (const listener of this.#userListeners) listener(isOther);
    for (const listener of this.#listeners) listener();
    if (state.kind === 'signedOut' && state.isAsked) return;
    for (const goOn of this.#waiting) goOn();
    this.#waiting.clear();
  }
}

/** The one session of this page. */
export const session = new Session();

function stateOf(
  { auth, login_url: address, user, csrf_token: csrfToken = '' }: WireSession,
  before: SessionState,
): SessionState {
  if (auth === 'none') return { kind: 'open' };
  const way: SignInWay = address === undefined ? { kind: 'password' } : { kind: 'provider', address };
  if (user) return { kind: 'signedIn', user: { username: user.username, isAdmin: user.is_admin }, way, csrfToken };
  const isAsked = before.kind !== 'signedOut' || before.isAsked;
  return { kind: 'signedOut', way, before: userOf(before), isAsked };
}

/** Who is signed in, or was until their session ended. */
function userOf(state: SessionState): SessionUser | undefined {
  if (state.kind === 'signedIn') return state.user;
  return state.kind === 'signedOut' ? state.before : undefined;
}

function isOtherUser(before: SessionState, after: SessionState): boolean {
  const user = userOf(before);
  return user !== undefined && user.username !== userOf(after)?.username;
}

/** Whether the user of one state has another session in a later one. */
const isRenewed = (sent: SessionState, now: SessionState): boolean =>
  now.kind === 'signedIn' && !isOtherUser(sent, now) && (sent.kind !== 'signedIn' || sent.csrfToken !== now.csrfToken);
