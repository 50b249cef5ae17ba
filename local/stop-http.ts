import type { ServerType } from '@hono/node-server';

const GRACE_MS = 5_000;
const LOOK_AGAIN_MS = 50;

/**
 * Ends an HTTP server: requests under way are answered, kept connections are closed as they fall idle, and what is not
 * done after 5 s (an upload whose client went silent) is cut off. `onWait` hears once that it takes a while.
 */
export function stopHttp(server: ServerType, onWait: () => void): Promise<void> {
  if (!('closeIdleConnections' in server)) throw new Error('an HTTP/1 server is expected');
  return new Promise((resolve) => {
    const looking = setInterval(() => server.closeIdleConnections(), LOOK_AGAIN_MS);
    const waiting = setTimeout(onWait, GRACE_MS / 5);
    const cutting = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearInterval(looking);
      clearTimeout(waiting);
      clearTimeout(cutting);
      resolve();
    });
    server.closeIdleConnections();
  });
}
