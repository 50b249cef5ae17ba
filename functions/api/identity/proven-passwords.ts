import type { User } from '../../domain/user.ts';

/** Passwords that were right lately: a client sends its own with each request, and a hash takes a tenth of a second. */
export interface ProvenPasswords {
  readonly has: (user: User, password: string) => boolean;
  readonly add: (user: User, password: string) => void;
}

interface ProvenProps {
  /** A keyed digest; its key lives as long as the process. */
  readonly digest: (text: string) => string;
  /** Compares in a time that does not depend on where two texts differ. */
  readonly isSame: (a: string, b: string) => boolean;
  readonly clock: () => number;
}

const MAX_AGE_MS = 10 * 60_000;
const MAX_PROVEN = 1000;

interface Proof {
  readonly digest: string;
  readonly since: number;
}

/** Keeps digests of passwords together with the hash they were right for: a changed password is proven anew. */
export function createProvenPasswords({ digest, isSame, clock }: ProvenProps): ProvenPasswords {
  const proofs = new Map<string, Proof>();
  const digestOf = (user: User, password: string) => digest(JSON.stringify([user.id, user.passwordHash, password]));
  return {
    has: (user, password) => {
      const proof = proofs.get(user.username);
      const isFresh = proof !== undefined && clock() - proof.since < MAX_AGE_MS;
      return isFresh && isSame(proof.digest, digestOf(user, password));
    },
    add: (user, password) => {
      proofs.delete(user.username);
      const [oldest] = proofs.keys();
      if (proofs.size >= MAX_PROVEN && oldest !== undefined) proofs.delete(oldest);
      proofs.set(user.username, { digest: digestOf(user, password), since: clock() });
    },
  };
}
