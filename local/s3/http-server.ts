import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AuthPolicy, authenticate } from './auth/authenticate.ts';
import { corsHeaders, preflightReply } from './cors.ts';
import { errorReply, warnUnlessClientLeft } from './error-reply.ts';
import { route } from './router.ts';
import type { S3Context } from './s3-operation.ts';
import type { S3Reply } from './s3-reply.ts';
import { parseS3Request, type RequestHead, withHoistedHeaders } from './s3-request.ts';
import { sendReply } from './send-reply.ts';

// Longer than SDK clients keep a socket idle, so that they never write into one that is closing.
const KEEP_ALIVE_MS = 75_000;
// A peer that sends nothing and takes nothing for that long is gone.
const IDLE_MS = 10 * 60_000;

/** A request to answer, and what a front has made of it. */
export type S3Exchange = {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  /** Read in place of the message's own head; must be signed as it stands. */
  readonly head?: RequestHead;
  /** What to send for S3's answer; undefined takes it back, so that somebody else can answer. @default the answer itself */
  readonly revise?: (reply: S3Reply) => S3Reply | undefined;
};

/** Answers; false when the answer was taken back, and nothing is sent. */
export type S3Handler = (exchange: S3Exchange) => Promise<boolean>;

/** The body as it comes in; stopping early leaves the connection whole, so that the error can still be answered. */
async function* readBody(request: IncomingMessage, beforeReading: () => void): AsyncGenerator<Uint8Array> {
  beforeReading();
  yield* request.iterator({ destroyOnReturn: false });
}

type Call = {
  readonly message: IncomingMessage;
  readonly head: RequestHead;
  readonly context: S3Context;
  readonly policy: AuthPolicy;
  readonly beforeReading: () => void;
};

const answer = async ({ message, head, context, policy, beforeReading }: Call): Promise<S3Reply> => {
  if (head.method === 'OPTIONS') return preflightReply(singleValues(head));
  const request = parseS3Request(head, readBody(message, beforeReading));
  const payload = authenticate(request, policy);
  const signed = { ...withHoistedHeaders(request), payload };
  return await route(signed)(context, signed);
};

const singleValues = ({ headers }: RequestHead): Readonly<Record<string, string | undefined>> => ({
  origin: headers.origin,
  'access-control-request-headers': headers['access-control-request-headers'],
});

const failed = (error: unknown, { method = '', url = '' }: RequestHead, requestId: string): S3Reply =>
  errorReply(error, { method, resource: url.split('?', 1).join(''), requestId });

/** Runs the operations of S3 on requests, wherever they came in; every one gets an answer, whatever happens inside. */
export const createS3Handler = (context: S3Context, policy: AuthPolicy): S3Handler => {
  return async ({ message, response, head = message, revise = (reply) => reply }) => {
    const requestId = context.newId().slice(0, 16).toUpperCase();
    let isBodyHeldBack = message.headers.expect?.toLowerCase() === '100-continue';
    const beforeReading = (): void => {
      if (isBodyHeldBack) response.writeContinue();
      isBodyHeldBack = false;
    };
    const common = { 'x-amz-request-id': requestId, ...corsHeaders(singleValues(head)) };
    const send = async (given: S3Reply): Promise<boolean> => {
      const reply = revise({ ...given, headers: { ...common, ...given.headers } });
      if (reply === undefined) return false;
      // A client that was never told to go on keeps its body: the next bytes on this connection would be guesswork.
      const connection: Readonly<Record<string, string>> = isBodyHeldBack ? { connection: 'close' } : {};
      await sendReply(response, { ...reply, headers: { ...connection, ...reply.headers } });
      // What an error left unread is drained, so that a client busy sending gets to read the answer.
      message.resume();
      return true;
    };
    try {
      return await send(await answer({ message, head, context, policy, beforeReading }));
    } catch (error) {
      if (!response.headersSent) return await send(failed(error, head, requestId));
      // Cut, so that the client never takes half for the whole.
      warnUnlessClientLeft(error);
      response.destroy();
      return true;
    }
  };
};

/** An S3 endpoint that is not yet listening. */
export const createS3Server = (handle: S3Handler): Server => {
  const onRequest = (message: IncomingMessage, response: ServerResponse): void => {
    handle({ message, response }).catch(() => response.destroy());
  };
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 }, onRequest);
  // Without this listener Node would invite the body before the signature was looked at.
  server.on('checkContinue', onRequest);
  server.setTimeout(IDLE_MS);
  return server;
};
