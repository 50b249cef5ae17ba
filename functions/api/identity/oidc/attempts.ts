import type { AttemptSecrets } from './provider.ts';

/** One attempt to sign in, between the browser's leaving and its return. */
export interface Attempt extends AttemptSecrets {
  /** Where the browser goes afterwards: a path of ours. */
  readonly returnTo: string;
  /** When it is over, in ms since the epoch. */
  readonly expiresAt: number;
}

/** Long enough to look for a second factor. */
export const ATTEMPT_MS = 10 * 60_000;

/** Keeps attempts in cookies of the browser that makes them: who never comes back leaves nothing behind in the table. */
export interface Attempts {
  readonly seal: (attempt: Attempt) => Promise<string>;
  /** Undefined for what was not sealed here for this state, or is over. */
  readonly open: (sealed: string | undefined, state: string) => Promise<Attempt | undefined>;
}

interface AttemptsProps {
  readonly box: {
    readonly seal: (secret: string, context: string) => Promise<string>;
    readonly open: (sealed: string, context: string) => Promise<string>;
  };
  readonly clock: () => number;
}

/** Each attempt has a cookie of its own, so that two tabs can sign in at the same time. */
export const attemptCookie = (state: string): string => `tracklet_sign_in_${state.slice(0, 16)}`;

/** Seals attempts, so that nobody reads or changes where they lead. */
export const createAttempts = ({ box, clock }: AttemptsProps): Attempts => ({
  seal: (attempt) => box.seal(JSON.stringify(attempt), contextOf(attempt.state)),
  open: async (sealed, state) => {
    if (sealed === undefined) return undefined;
    const json = await box.open(sealed, contextOf(state)).catch(() => undefined);
    if (json === undefined) return undefined;
    // Nobody but `seal` can have written it.
    const attempt = JSON.parse(json) as Attempt;
    return clock() < attempt.expiresAt ? attempt : undefined;
  },
});

const contextOf = (state: string): string => `sign-in ${state}`;
