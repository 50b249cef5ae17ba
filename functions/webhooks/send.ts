import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { DeliveryRefused, type Guard } from './guard.ts';

/** What is sent. */
export interface Parcel {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What all of it may take, redirects included. */
  readonly timeoutMs: number;
  /** Ends it early. */
  readonly signal?: AbortSignal | undefined;
}

/** What a receiver answered. */
export interface Reply {
  readonly status: number;
  /** The beginning of it. */
  readonly body: string;
  readonly retryAfter: string | undefined;
}

/** POSTs a parcel. Rejects when there is no answer, with DeliveryRefused when the parcel may not go there. */
export type Send = (parcel: Parcel) => Promise<Reply>;

const MAX_REDIRECTS = 10;
const MAX_BODY_BYTES = 65_536;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** A redirect that keeps the method; all others make a GET of a POST (Python: requests, rebuild_method). */
const REPEATS: ReadonlySet<number> = new Set([307, 308]);

interface Hop {
  readonly method: 'POST' | 'GET';
  readonly url: URL;
}

/**
 * Sends by node's own client, over a connection of its own to an address that the guard has judged. Redirects are followed,
 * as MLflow does, and each is judged anew. Proxies of the environment are not used: behind one nobody could judge.
 */
export function createSend(guard: Guard, allowedSchemes: readonly string[]): Send {
  const check = (url: URL) => {
    const scheme = url.protocol.slice(0, -1);
    if (!allowedSchemes.includes(scheme)) {
      throw new DeliveryRefused(`Webhook connection blocked: the scheme ${scheme} is not allowed.`);
    }
    guard.checkLiteral(url);
  };

  const follow = async (hop: Hop, parcel: Parcel, signal: AbortSignal, redirects: number): Promise<Reply> => {
    check(hop.url);
    const answer = await exchange(hop, parcel, signal, guard);
    const { location } = answer.headers;
    const status = answer.statusCode ?? 0;
    if (location === undefined || !REDIRECTS.has(status)) return readReply(answer, status);
    answer.destroy();
    if (redirects === MAX_REDIRECTS) throw new Error(`The receiver redirects more than ${MAX_REDIRECTS} times.`);
    if (!URL.canParse(location, hop.url.href)) throw new Error('The receiver redirects to what is no URL.');
    const method = REPEATS.has(status) ? hop.method : 'GET';
    return follow({ method, url: new URL(location, hop.url) }, parcel, signal, redirects + 1);
  };

  return async (parcel) => {
    const timeout = AbortSignal.timeout(parcel.timeoutMs);
    const signal = parcel.signal ? AbortSignal.any([timeout, parcel.signal]) : timeout;
    try {
      return await follow({ method: 'POST', url: new URL(parcel.url) }, parcel, signal, 0);
    } catch (error) {
      if (!timeout.aborted) throw error;
      throw new Error(`The receiver did not answer within ${parcel.timeoutMs / 1000} s.`, { cause: error });
    }
  };
}

function exchange(
  { method, url }: Hop,
  parcel: Parcel,
  signal: AbortSignal,
  { lookup }: Guard,
): Promise<IncomingMessage> {
  const body = method === 'POST' ? Buffer.from(parcel.body) : undefined;
  const headers = {
    'User-Agent': 'tracklet',
    Accept: '*/*',
    ...parcel.headers,
    ...(body && { 'Content-Type': 'application/json', 'Content-Length': String(body.length) }),
  };
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, lookup, signal, agent: false }, resolve);
    sent.once('error', reject);
    sent.end(body);
  });
}

/** What comes beyond the limit is not waited for. */
async function readReply(answer: IncomingMessage, status: number): Promise<Reply> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    // A message without an encoding gives buffers.
    const read = chunk as Buffer;
    chunks.push(read);
    bytes += read.length;
    if (bytes >= MAX_BODY_BYTES) break;
  }
  const body = Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES).toString('utf8');
  return { status, body, retryAfter: answer.headers['retry-after'] };
}
