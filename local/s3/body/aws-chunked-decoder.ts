import type { ChunkSigning } from '../auth/payload-mode.ts';
import { S3Error } from '../s3-error.ts';
import { ChunkSignatures } from './chunk-signatures.ts';

// Chunk head and trailer lines are short: a checksum, a signature.
const MAX_LINE_BYTES = 8 * 1024;
const LF = 0x0a;

type Expecting = 'head' | 'data' | 'end-of-data' | 'trailer' | 'nothing';

const incomplete = (): S3Error =>
  new S3Error('IncompleteBody', 'The request body terminated unexpectedly or is not well-formed aws-chunked content.');

/**
 * Takes the `aws-chunked` framing off a body that arrives in any pieces:
 * `hex-size[;chunk-signature=sig] CRLF data CRLF ... 0[;chunk-signature=sig] CRLF *(name:value CRLF) CRLF`.
 * With signing, every chunk is checked as soon as it is whole; what `write` returned before is to be thrown away on an error.
 */
export class AwsChunkedDecoder {
  readonly #signatures: ChunkSignatures | undefined;
  readonly #trailers = new Map<string, string>();
  #expecting: Expecting = 'head';
  #line = '';
  #chunkLeft = 0;

  constructor(signing?: ChunkSigning) {
    this.#signatures = signing === undefined ? undefined : new ChunkSignatures(signing);
  }

  /** The payload inside the piece, as views of it. */
  write(piece: Buffer): readonly Buffer[] {
    const payload: Buffer[] = [];
    let rest = piece;
    while (rest.length > 0) {
      if (this.#expecting === 'nothing') throw incomplete();
      rest = this.#expecting === 'data' ? this.#takeData(rest, payload) : this.#takeLine(rest);
    }
    return payload;
  }

  /** The trailers, names in lower case; 400 IncompleteBody when the last chunk has not come. */
  finish(): ReadonlyMap<string, string> {
    if (this.#expecting !== 'nothing') throw incomplete();
    this.#signatures?.checkTrailers(this.#trailers);
    return this.#trailers;
  }

  #takeData(rest: Buffer, payload: Buffer[]): Buffer {
    const data = rest.subarray(0, this.#chunkLeft);
    this.#signatures?.update(data);
    payload.push(data);
    this.#chunkLeft -= data.length;
    if (this.#chunkLeft === 0) this.#expecting = 'end-of-data';
    return rest.subarray(data.length);
  }

  #takeLine(rest: Buffer): Buffer {
    const end = rest.indexOf(LF);
    this.#line += rest.toString('latin1', 0, end < 0 ? rest.length : end);
    if (this.#line.length > MAX_LINE_BYTES) throw incomplete();
    if (end < 0) return rest.subarray(rest.length);
    const line = this.#line.replace(/\r$/, '');
    this.#line = '';
    this.#endLine(line);
    return rest.subarray(end + 1);
  }

  #endLine(line: string): void {
    switch (this.#expecting) {
      case 'head':
        this.#startChunk(line);
        return;
      case 'end-of-data':
        if (line !== '') throw incomplete();
        this.#signatures?.endChunk();
        this.#expecting = 'head';
        return;
      default:
        this.#endTrailer(line);
    }
  }

  #startChunk(line: string): void {
    const [, size, signature] = /^([0-9a-f]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(line) ?? [];
    if (size === undefined) throw incomplete();
    this.#signatures?.startChunk(signature);
    this.#chunkLeft = Number.parseInt(size, 16);
    if (this.#chunkLeft > 0) {
      this.#expecting = 'data';
      return;
    }
    this.#signatures?.endChunk();
    this.#expecting = 'trailer';
  }

  #endTrailer(line: string): void {
    if (line === '') {
      this.#expecting = 'nothing';
      return;
    }
    const colon = line.indexOf(':');
    if (colon < 1)
      throw new S3Error('MalformedTrailerError', 'The request contained trailing data that was not well-formed.');
    this.#trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}
