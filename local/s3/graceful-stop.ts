import type { IncomingMessage, Server, ServerResponse } from 'node:http';

// Requests under way get that long to end.
const GRACE_MS = 5_000;

const isDone = (isIdle: () => boolean, onChange: (listener: () => void) => void): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, GRACE_MS);
    const look = (): void => {
      if (!isIdle()) return;
      clearTimeout(timer);
      done();
    };
    onChange(look);
    look();
  });

/** A stop for the server: takes no new connection, lets requests under way end, then closes every socket, idle ones and silent ones too. */
export const createGracefulStop = (server: Server): (() => Promise<void>) => {
  const active = new Set<ServerResponse>();
  const listeners: (() => void)[] = [];
  let isStopping = false;
  const track = (_: IncomingMessage, response: ServerResponse): void => {
    if (isStopping) response.setHeader('connection', 'close');
    active.add(response);
    response.once('close', () => {
      active.delete(response);
      for (const listener of listeners) listener();
    });
  };
  server.prependListener('request', track);
  server.prependListener('checkContinue', track);
  return async () => {
    isStopping = true;
    const isClosed = new Promise<void>((done) => server.close(() => done()));
    await isDone(
      () => active.size === 0,
      (listener) => listeners.push(listener),
    );
    server.closeAllConnections();
    await isClosed;
  };
};
