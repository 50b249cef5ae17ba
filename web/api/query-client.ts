import { QueryClient } from '@tanstack/react-query';
import { ApiError, isPassing } from './api-error.ts';
import { connection } from './connection.ts';
import { session } from './session.ts';

const FRESH_MS = 5_000;
const MAX_RETRIES = 4;

/** How long to wait before another try: what the server asks for, else 1, 2, 4, 8 seconds. */
const retryDelay = (attempt: number, error: unknown): number =>
  (error instanceof ApiError ? error.retryAfterMs : undefined) ?? 1_000 * 2 ** attempt;

/**
 * The cache of what the server said. A passing trouble is tried again; a lost connection is not, for the connection
 * itself asks again, and all that is shown is fetched anew when it is back. What one user was shown is forgotten for the next.
 */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        networkMode: 'always',
        retry: (failures, error) => isPassing(error) && failures < MAX_RETRIES,
        retryDelay,
        // Runs hold maps, which cannot be compared as plain data can.
        structuralSharing: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  connection.onReturn(() => {
    void session.ready();
    void client.invalidateQueries();
  });
  session.onUser((isOther) => void (isOther ? client.resetQueries() : client.invalidateQueries()));
  return client;
}
