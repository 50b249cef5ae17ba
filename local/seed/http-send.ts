import { Agent, type IncomingMessage, request } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { CommandError } from '../command-error.ts';
import type { PlainAnswer, Send } from './calls.ts';

/** Connections to a running server. */
export interface HttpConnections {
  readonly send: Send;
  readonly close: () => void;
}

/** Talks to the server at a URL over as many connections as are asked for, kept open. */
export function openConnections(url: string, connections: number): HttpConnections {
  const { protocol, pathname } = new URL(url);
  const isSecure = protocol === 'https:';
  const agent = new (isSecure ? SecureAgent : Agent)({ keepAlive: true, maxSockets: connections });
  const base = pathname.replace(/\/$/, '');
  const send: Send = (method, path, body) =>
    new Promise((resolve, reject) => {
      const headers = body === undefined ? {} : jsonHeaders(body);
      const sent = (isSecure ? secureRequest : request)(new URL(base + path, url), { method, agent, headers });
      sent.once('response', (response) => readAnswer(response).then(resolve, reject));
      sent.once('error', (cause) => reject(new CommandError(`no answer from ${url}: ${cause.message}`, 1)));
      sent.end(body);
    });
  return { send, close: () => agent.destroy() };
}

const jsonHeaders = (body: string) => ({
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(body),
});

async function readAnswer(response: IncomingMessage): Promise<PlainAnswer> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part);
  return { status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') };
}
