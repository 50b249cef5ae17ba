import { createHttpExchange } from './http-exchange.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** Sends a POST over a kept connection; rejects when there is no whole answer in time. */
export type HttpPost = (headers: Readonly<Record<string, string>>, body: string) => Promise<HttpAnswer>;

/** POSTs to `/` of one endpoint. `timeoutMs` bounds the silence on a connection. */
export function createHttpPost(endpoint: URL, timeoutMs: number): HttpPost {
  const exchange = createHttpExchange(endpoint, timeoutMs);
  return async (headers, body) => {
    const withLength = { ...headers, 'content-length': String(Buffer.byteLength(body)) };
    const { status, bytes } = await exchange({ method: 'POST', path: '/', headers: withLength, body });
    return { status, body: bytes.toString('utf8') };
  };
}
