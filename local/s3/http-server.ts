import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AuthPolicy, authenticate } from './auth/authenticate.ts';
import { corsHeaders, preflightReply } from './cors.ts';
import { errorReply, warnUnlessClientLeft } from './error-reply.ts';
import { route } from './router.ts';
import type { S3Context } from './s3-operation.ts';
import type { S3Reply } from './s3-reply.ts';
import { parseS3Request, withHoistedHeaders } from './s3-request.ts';
import { sendReply } from './send-reply.ts';

// Longer than SDK clients keep a socket idle, so that they never write into one that is closing.
const KEEP_ALIVE_MS = 75_000;
// A peer that sends nothing and takes nothing for that long is gone.
const IDLE_MS = 10 * 60_000;

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The body as it comes in; stopping early leaves the connection whole, so that the error can still be answered. */
async function* readBody(request: IncomingMessage, beforeReading: () => void): AsyncGenerator<Uint8Array> {
  beforeReading();
  yield* request.iterator({ destroyOnReturn: false });
}

const answer = async (
  message: IncomingMessage,
  { context, policy, beforeReading }: { context: S3Context; policy: AuthPolicy; beforeReading: () => void },
): Promise<S3Reply> => {
  if (message.method === 'OPTIONS') return preflightReply(singleValues(message));
  const request = parseS3Request(message, readBody(message, beforeReading));
  const payload = authenticate(request, policy);
  const signed = { ...withHoistedHeaders(request), payload };
  return await route(signed)(context, signed);
};

const singleValues = ({ headers }: IncomingMessage): Readonly<Record<string, string | undefined>> => ({
  origin: headers.origin,
  'access-control-request-headers': headers['access-control-request-headers'],
});

const createHandler = (context: S3Context, policy: AuthPolicy): Handler => {
  const failed = (error: unknown, { method = '', url = '' }: IncomingMessage, requestId: string): S3Reply =>
    errorReply(error, { method, resource: url.split('?', 1).join(''), requestId });
  return async (message, response) => {
    const requestId = context.newId().slice(0, 16).toUpperCase();
    let isBodyHeldBack = message.headers.expect?.toLowerCase() === '100-continue';
    const beforeReading = (): void => {
      if (isBodyHeldBack) response.writeContinue();
      isBodyHeldBack = false;
    };
    const common = { 'x-amz-request-id': requestId, ...corsHeaders(singleValues(message)) };
    const send = async (reply: S3Reply): Promise<void> => {
      // A client that was never told to go on keeps its body: the next bytes on this connection would be guesswork.
      const connection: Readonly<Record<string, string>> = isBodyHeldBack ? { connection: 'close' } : {};
      await sendReply(response, { ...reply, headers: { ...common, ...connection, ...reply.headers } });
      // What an error left unread is drained, so that a client busy sending gets to read the answer.
      message.resume();
    };
    try {
      await send(await answer(message, { context, policy, beforeReading }));
    } catch (error) {
      if (!response.headersSent) {
        await send(failed(error, message, requestId));
        return;
      }
      // Cut, so that the client never takes half for the whole.
      warnUnlessClientLeft(error);
      response.destroy();
    }
  };
};

/** An S3 endpoint that is not yet listening; every request gets an answer, whatever happens inside. */
export const createS3Server = (context: S3Context, policy: AuthPolicy): Server => {
  const handle = createHandler(context, policy);
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response).catch(() => response.destroy());
  };
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 }, onRequest);
  // Without this listener Node would invite the body before the signature was looked at.
  server.on('checkContinue', onRequest);
  server.setTimeout(IDLE_MS);
  return server;
};
