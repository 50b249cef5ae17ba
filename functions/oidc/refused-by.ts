import type { ProviderAnswer } from '../api/identity/oidc/provider.ts';
import { unavailable } from './unavailable.ts';

/** What to answer to an error: the reason for which it is no fault of the provider's. Throws TEMPORARILY_UNAVAILABLE where it is one. */
export function refusedBy(reasonOf: (error: unknown) => string | undefined, error: unknown): ProviderAnswer {
  const reason = reasonOf(error);
  if (reason === undefined) throw unavailable(error);
  return { kind: 'refused', reason };
}
