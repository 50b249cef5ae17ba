import type { ReadableStream } from 'node:stream/web';
import { MlflowError } from '../domain/errors.ts';

/** The chunks of an upload; throws BAD_REQUEST when its client breaks off, which is no fault of ours. */
export async function* bodyChunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  try {
    for await (const chunk of body) yield chunk;
  } catch (cause) {
    throw new MlflowError('BAD_REQUEST', 'The upload broke off before its end.', { cause });
  }
}
