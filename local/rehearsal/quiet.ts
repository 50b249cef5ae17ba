import type { Server, ServerResponse } from 'node:http';

/** Watches a server: `quietMs` tells how long nothing has been asked of it, in ms; 0 while it answers. */
export function watchQuiet(server: Server): { readonly quietMs: () => number } {
  let underWay = 0;
  let endedAt = performance.now();
  const onRequest = (_: unknown, response: ServerResponse): void => {
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
      endedAt = performance.now();
    });
  };
  server.on('request', onRequest);
  server.on('checkContinue', onRequest);
  return { quietMs: () => (underWay > 0 ? 0 : performance.now() - endedAt) };
}
