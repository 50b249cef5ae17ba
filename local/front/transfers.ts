import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The files under way. */
export interface Transfers {
  /** Takes part until the response is closed. */
  readonly add: (response: ServerResponse) => void;
  /** Grows as long as any of them moves on. */
  readonly bytesMoved: () => number;
}

/** Watches the connections that carry files, so that a stop can tell the slow ones from the dead. */
export function watchTransfers(): Transfers {
  const sockets = new Set<Socket>();
  let bytesOfEnded = 0;
  const bytesOf = ({ bytesRead, bytesWritten }: Socket): number => bytesRead + bytesWritten;
  return {
    add: (response) => {
      const { socket } = response;
      if (socket === null) return;
      sockets.add(socket);
      response.once('close', () => {
        sockets.delete(socket);
        bytesOfEnded += bytesOf(socket);
      });
    },
    bytesMoved: () => [...sockets].reduce((sum, socket) => sum + bytesOf(socket), bytesOfEnded),
  };
}
