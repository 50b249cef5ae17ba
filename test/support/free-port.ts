import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { onTestFinished } from 'vitest';

/** A port of 127.0.0.1 that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const { port, server } = await listen();
  await close(server);
  return port;
};

/** A port of 127.0.0.1 that somebody listens on until the test has finished. */
export const takenPort = async (): Promise<number> => {
  const { port, server } = await listen();
  onTestFinished(() => close(server));
  return port;
};

const listen = async (): Promise<{ readonly port: number; readonly server: Server }> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  return { port: address.port, server };
};

const close = async (server: Server): Promise<void> => {
  server.close();
  await once(server, 'close');
};
