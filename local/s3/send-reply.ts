import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ReplyStream, S3Reply } from './s3-reply.ts';

type First = IteratorResult<Uint8Array>;

async function* resume(first: First, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
}

const sendStream = async (response: ServerResponse, reply: S3Reply, body: ReplyStream): Promise<void> => {
  const chunks = body.chunks()[Symbol.asyncIterator]();
  try {
    // Read before the head goes out: a file that cannot be opened is still an honest 500.
    const first = await chunks.next();
    response.writeHead(reply.status, reply.headers);
    await pipeline(resume(first, chunks), response);
  } finally {
    await chunks.return?.();
    body.close();
  }
};

/** Sends an answer; rejects when the client leaves, or the bytes cannot be read (the connection is then cut, never ended as if whole). */
export const sendReply = async (response: ServerResponse, reply: S3Reply): Promise<void> => {
  const { body, headers, status } = reply;
  if (body !== undefined && typeof body !== 'string') {
    await sendStream(response, reply, body);
    return;
  }
  const bytes = Buffer.from(body ?? '');
  const hasLength = 'content-length' in headers || status === 204 || status === 304;
  response.writeHead(status, hasLength ? headers : { ...headers, 'content-length': String(bytes.length) });
  response.end(bytes);
};
