import { textAt } from './raw-path.ts';

/** The address that a request came from, as the platform tells it; headers could tell anything. */
export const addressOf = (env: unknown): string | undefined =>
  textAt(env, 'incoming', 'socket', 'remoteAddress') ?? textAt(env, 'event', 'requestContext', 'http', 'sourceIp');
