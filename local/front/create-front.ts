import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { MlflowError } from '../../functions/domain/errors.ts';
import type { EdgeResponse } from '../../functions/edge/edge-event.ts';
import { now } from '../../functions/platform/system.ts';
import { type JudgeOrigins, sharingHeaders } from '../check-origins.ts';
import type { S3Reply } from '../s3/s3-reply.ts';
import type { S3Origin } from '../stores.ts';
import type { OnAnswered } from './audit-files.ts';
import { type EdgeFunction, type EdgeOutcome, type KeyValues, loadEdgeFunction } from './edge-function.ts';
import { edgeRequestOf } from './edge-request.ts';
import { originHead } from './origin-head.ts';
import { type Transfers, watchTransfers } from './transfers.ts';
import { presignedReply, viewerReply } from './viewer-reply.ts';

interface FrontProps {
  /** The built source of the edge function. */
  readonly edgeSource: string;
  readonly keyValues: KeyValues;
  /** Says which files pages of other sites may get or put; the API is asked by itself. */
  readonly judge: JudgeOrigins;
  readonly s3: S3Origin;
  /** Hears of each file that was answered, or refused, without the API. */
  readonly onAnswered?: OnAnswered | undefined;
  /** Answers all that is no file. */
  readonly api: RequestListener;
  readonly report: (message: string, cause: unknown) => void;
}

/** A server that is not yet listening, and its files under way. */
export interface Front extends Pick<Transfers, 'bytesMoved'> {
  readonly server: Server;
}

/** A request that a front answers. */
interface Exchange {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
}

/** Longer than a step of most trainings takes: who writes into a connection that is closing is reset. */
const KEEP_ALIVE_MS = 75_000;

/** Where CloudFront runs the function (AWS: the behaviours of the distribution). */
const ARTIFACT_PATH = /^\/+(?:ajax-)?api\/2\.0\/mlflow-artifacts\/artifacts\//;

/**
 * What CloudFront and S3 are on AWS, in front of the API on one port: files take the road of the edge function, presigned
 * URLs lead to the bucket, and the rest is the API's, at no cost to it.
 */
export function createFront(props: FrontProps): Front {
  const edge = loadEdgeFunction(props.edgeSource, props.keyValues);
  const { add, bytesMoved } = watchTransfers();
  const isInBucket = bucketTest(props.s3.bucketName);
  const carry = (exchange: Exchange, work: Promise<unknown>): void => {
    add(exchange.response);
    work.catch((error: unknown) => fail(exchange, error, props));
  };
  const onRequest: RequestListener = (message, response) => {
    const exchange = { message, response };
    const { url = '' } = message;
    if (ARTIFACT_PATH.test(url)) {
      if (isLetIn(exchange, props)) carry(exchange, takeArtifactRoad(exchange, edge, props));
    } else if (isInBucket(url)) {
      // The signature lets pages of any origin in; but they must have come by a name of ours.
      if (isLetIn(exchange, props, true)) carry(exchange, props.s3.respond({ ...exchange, revise: presignedReply }));
    } else askApi(exchange, props);
  };
  // A large upload takes as long as it takes.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS }, onRequest);
  // Without this listener Node would invite every body, also one that is refused.
  server.on('checkContinue', onRequest);
  return { server, bytesMoved };
}

/** Refuses what a page of another site made a browser send. */
function isLetIn({ message, response }: Exchange, { judge }: FrontProps, fromAnyOrigin = false): boolean {
  const { method = '', url: path = '', headers } = message;
  const origin = fromAnyOrigin ? undefined : headers.origin;
  const verdict = judge({ host: headers.host ?? '', origin, method, path });
  if (verdict.kind === 'refuse') {
    send({ message, response }, { status: 403, type: 'text/plain; charset=utf-8', body: verdict.message });
    return false;
  }
  if (verdict.kind === 'share') {
    for (const [name, value] of Object.entries(sharingHeaders(verdict.origin))) response.setHeader(name, value);
    response.setHeader('vary', 'Origin');
  }
  return true;
}

/** Tells the URLs of a bucket and of what is in it, path style. */
function bucketTest(bucketName: string): (url: string) => boolean {
  const path = `/${bucketName}`;
  const next = [undefined, '/', '?'];
  return (url) => url.startsWith(path) && next.includes(url[path.length]);
}

async function takeArtifactRoad(exchange: Exchange, edge: EdgeFunction, props: FrontProps): Promise<void> {
  const outcome = await edge({ request: edgeRequestOf(exchange.message) });
  if (outcome.kind === 'response') {
    sendEdgeResponse(exchange, outcome.response);
    props.onAnswered?.(exchange.message, outcome.response.statusCode);
    return;
  }
  const isAnswered = outcome.origins !== undefined && (await askS3(exchange, outcome, props));
  if (isAnswered) {
    props.onAnswered?.(exchange.message, exchange.response.statusCode);
    return;
  }
  // After a failover the API gets the path that S3 got.
  if (outcome.origins !== undefined) exchange.message.url = outcome.request.uri;
  askApi(exchange, props);
}

type Forwarded = Extract<EdgeOutcome, { kind: 'request' }>;

function askS3(exchange: Exchange, { request, origins }: Forwarded, { s3 }: FrontProps): Promise<boolean> {
  const isForApi = (reply: S3Reply) => reply.error !== undefined && origins?.failoverStatuses.includes(reply.status);
  return s3.respond({
    ...exchange,
    head: originHead(request, s3, now()),
    revise: (reply) => (isForApi(reply) ? undefined : viewerReply(reply)),
  });
}

function askApi({ message, response }: Exchange, { api }: FrontProps): void {
  if (isBodyHeldBack(message)) response.writeContinue();
  api(message, response);
}

const isBodyHeldBack = ({ headers }: IncomingMessage): boolean => headers.expect?.toLowerCase() === '100-continue';

function sendEdgeResponse(exchange: Exchange, { statusCode, headers, body }: EdgeResponse): void {
  for (const [name, { value }] of Object.entries(headers)) exchange.response.setHeader(name, value);
  send(exchange, { status: statusCode, body: body.data });
}

interface ShortAnswer {
  readonly status: number;
  readonly type?: string;
  readonly body: string;
}

function send({ message, response }: Exchange, { status, type, body }: ShortAnswer): void {
  if (type !== undefined) response.setHeader('content-type', type);
  response.setHeader('x-content-type-options', 'nosniff');
  // A body that was never invited may still come: the next bytes on this connection would be guesswork.
  if (isBodyHeldBack(message)) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-length': Buffer.byteLength(body) });
  response.end(body);
  // A client that is busy sending gets to read the answer.
  message.resume();
}

function fail({ response }: Exchange, cause: unknown, { report }: FrontProps): void {
  report('the front failed', cause);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { code, message, status } = new MlflowError(
    'INTERNAL_ERROR',
    'Internal error; the server log has the details.',
  );
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error_code: code, message }));
}
