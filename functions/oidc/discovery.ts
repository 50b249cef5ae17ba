import * as oauth from 'oauth4webapi';
import { unavailable } from './unavailable.ts';

/**
 * Asks a provider for its metadata, once; a failure is asked again by the next who needs them. `use` makes what is kept of
 * them. What it gives throws TEMPORARILY_UNAVAILABLE.
 */
export function createDiscovery<T>(
  issuer: string,
  use: (server: oauth.AuthorizationServer) => Promise<T>,
  options: oauth.DiscoveryRequestOptions,
): () => Promise<T> {
  let kept: Promise<T> | undefined;
  const ask = async (): Promise<T> => {
    const url = new URL(issuer);
    const response = await oauth.discoveryRequest(url, { ...options, algorithm: 'oidc' });
    return use(await oauth.processDiscoveryResponse(url, response));
  };
  return () => {
    kept ??= ask().catch((error: unknown) => {
      kept = undefined;
      throw unavailable(error);
    });
    return kept;
  };
}
