import { MlflowError } from '../../domain/errors.ts';

/** One try: what it came to, or that it lost a race and must be made again. */
export type Attempt<T> = () => Promise<{ readonly done: T } | 'again'>;

/** Makes an attempt until it is done, with a random pause between tries. */
export type Retry = <T>(attempt: Attempt<T>) => Promise<T>;

const MAX_ATTEMPTS = 60;
const FIRST_PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 400;

/**
 * Retries with full jitter: the n-th pause is uniform over 0 to min(400, 4 * 2^n) ms.
 * After 60 tries throws TEMPORARILY_UNAVAILABLE, which the stock client retries by itself.
 */
export function createRetry(sleep: (ms: number) => Promise<void>, random: () => number): Retry {
  return async (attempt) => {
    for (let tries = 0; tries < MAX_ATTEMPTS; tries += 1) {
      const outcome = await attempt();
      if (outcome !== 'again') return outcome.done;
      await sleep(random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries));
    }
    throw new MlflowError('TEMPORARILY_UNAVAILABLE', 'Too many writers change the same entity; try again.');
  };
}
