import type { Attempt } from '../retry.ts';

/** What an index that was read before names is gone: a packer has put others in its place. Reading once more helps. */
export class Superseded extends Error {}

/** The same attempt, made again when it met what is gone. */
export const unlessSuperseded =
  <T>(attempt: Attempt<T>): Attempt<T> =>
  async () => {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof Superseded) return 'again';
      throw error;
    }
  };
