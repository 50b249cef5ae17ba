import { now } from '../../functions/platform/system.ts';
import { reasonOf } from '../unreachable.ts';
import type { Proof } from './doctor-options.ts';

/** What to ask a server. */
export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Behind the address, or a whole URL. */
  readonly path: string;
  readonly json?: object;
  readonly bytes?: Uint8Array;
  readonly isAnonymous?: boolean;
  readonly timeoutMs?: number;
}

/** Its answer, read to the end; status 0 when there was none, `text` then says why. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly sentMs: number;
  readonly tookMs: number;
}

/** Asks the server; never throws for what it answers, nor when it does not. */
export type Ask = (question: Question) => Promise<Answer>;

const TIMEOUT_MS = 15_000;

/** A way to ask the server at `url`, showing `proof` unless the question is anonymous. */
export function connect(url: string, proof: Proof): Ask {
  return async (question) => {
    const target = new URL(question.path.startsWith('http') ? question.path : url + question.path);
    const body = question.json === undefined ? question.bytes : JSON.stringify(question.json);
    const request = { method: question.method ?? 'GET', url: target, headers: headersOf(question), body };
    const sentMs = now();
    try {
      const headers = question.isAnonymous ? request.headers : await proven(request, proof);
      return await send(request, headers, { sentMs, timeoutMs: question.timeoutMs ?? TIMEOUT_MS });
    } catch (error) {
      const text = reasonOf(error);
      return { status: 0, headers: new Headers(), bytes: new Uint8Array(), text, sentMs, tookMs: now() - sentMs };
    }
  };
}

interface Ready {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

const headersOf = ({ json, bytes }: Question): Readonly<Record<string, string>> => {
  if (json !== undefined) return { 'content-type': 'application/json' };
  return bytes === undefined ? {} : { 'content-type': 'application/octet-stream' };
};

async function proven(request: Ready, proof: Proof): Promise<Readonly<Record<string, string>>> {
  if (proof.kind === 'header') return { ...request.headers, authorization: proof.authorization };
  if (proof.kind === 'none') return request.headers;
  // Loaded for those who sign alone.
  const { signerForAws } = await import('./sign-for-aws.ts');
  return signerForAws(process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION)(request);
}

async function send(
  { method, url, body }: Ready,
  headers: Readonly<Record<string, string>>,
  { sentMs, timeoutMs }: { readonly sentMs: number; readonly timeoutMs: number },
): Promise<Answer> {
  const sent = body === undefined ? undefined : Buffer.from(body);
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(url, { method, headers, signal, ...(sent && { body: sent }) });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = bytes.length > MAX_TEXT_BYTES ? '' : Buffer.from(bytes).toString();
  return { status: response.status, headers: response.headers, bytes, text, sentMs, tookMs: now() - sentMs };
}

/** What is longer is a file. */
const MAX_TEXT_BYTES = 512 * 1024;

/** The answer as JSON; undefined for anything else. */
export function jsonOf({ text }: Answer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The answer in a few words. */
export const said = ({ status, text }: Answer): string => `${status} ${text.slice(0, 300)}`;
