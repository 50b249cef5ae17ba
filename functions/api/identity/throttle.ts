/** Counts failed sign-ins. */
export interface SignInThrottle {
  /** Seconds until another attempt is heard; 0 when it is heard now. */
  readonly secondsToWait: (username: string, address: string | undefined) => number;
  readonly noteFailure: (username: string, address: string | undefined) => void;
}

interface Allowance {
  /** So many attempts may fail in a row. */
  readonly burst: number;
  /** After that, one in so many milliseconds. */
  readonly everyMs: number;
}

/**
 * For one user from one address: 20 guesses, then one in 3 s, which is 29,000 a day. A client that repeats a 429 waits and is
 * heard within seconds; whoever signed in before is not counted at all, so a job with the right password is not kept out.
 */
const OF_USER: Allowance = { burst: 20, everyMs: 3000 };
/** For one address, whatever the users. Offices and CI share one. */
const OF_ADDRESS: Allowance = { burst: 60, everyMs: 1000 };
const MAX_COUNTED = 10_000;

/**
 * Counts by leaking buckets: each failure fills, time empties. Counted in this process alone: with n processes an attacker
 * has n times the guesses, still far from enough, and nobody else pays for them with writes.
 */
export function createThrottle(clock: () => number): SignInThrottle {
  const users = createBuckets(OF_USER, clock);
  const addresses = createBuckets(OF_ADDRESS, clock);
  const userAt = (username: string, address: string | undefined) => JSON.stringify([username, address]);
  return {
    secondsToWait: (username, address) =>
      Math.max(users.secondsToWait(userAt(username, address)), addresses.secondsToWait(address ?? '')),
    noteFailure: (username, address) => {
      users.fill(userAt(username, address));
      addresses.fill(address ?? '');
    },
  };
}

function createBuckets({ burst, everyMs }: Allowance, clock: () => number) {
  /** When each bucket is empty again, in ms; the longest untouched ones come first. */
  const emptyAt = new Map<string, number>();
  const fullness = (name: string): number => Math.max(0, (emptyAt.get(name) ?? 0) - clock());
  return {
    secondsToWait: (name: string): number => {
      const over = fullness(name) - (burst - 1) * everyMs;
      return over > 0 ? Math.ceil(over / 1000) : 0;
    },
    fill: (name: string): void => {
      const level = fullness(name);
      emptyAt.delete(name);
      const [oldest] = emptyAt.keys();
      if (emptyAt.size >= MAX_COUNTED && oldest !== undefined) emptyAt.delete(oldest);
      emptyAt.set(name, clock() + level + everyMs);
    },
  };
}
