import type { Server } from 'node:http';

const GRACE_MS = 5_000;
const LOOK_AGAIN_MS = 50;

interface StopProps {
  /** Hears once that it takes a while. */
  readonly onWait: () => void;
  /** Grows as long as files move on. */
  readonly bytesMoved: () => number;
}

/**
 * Ends an HTTP server: requests under way are answered, kept connections are closed as they fall idle, and what is not
 * done 5 s after the last file has moved on (an upload whose client went silent) is cut off.
 */
export function stopHttp(server: Server, { onWait, bytesMoved }: StopProps): Promise<void> {
  return new Promise((resolve) => {
    let moved = bytesMoved();
    const cutting = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    const looking = setInterval(() => {
      server.closeIdleConnections();
      if (bytesMoved() > moved) cutting.refresh();
      moved = bytesMoved();
    }, LOOK_AGAIN_MS);
    const waiting = setTimeout(onWait, GRACE_MS / 5);
    server.close(() => {
      clearInterval(looking);
      clearTimeout(waiting);
      clearTimeout(cutting);
      resolve();
    });
    server.closeIdleConnections();
  });
}
