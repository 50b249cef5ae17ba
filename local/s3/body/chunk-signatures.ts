import { createHash } from 'node:crypto';
import type { ChunkSigning } from '../auth/payload-mode.ts';
import { hmacHex, isSameSignature, sha256Hex } from '../auth/signature.ts';
import { S3Error } from '../s3-error.ts';

const EMPTY_SHA256 = sha256Hex('');
const TRAILER_SIGNATURE = 'x-amz-trailer-signature';

const mismatch = (): S3Error =>
  new S3Error(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  );

/** Checks the chain of chunk signatures: each covers its chunk and the signature before it (AWS: "Transferring payload in multiple chunks"). */
export class ChunkSignatures {
  readonly #signing: ChunkSigning;
  #previous: string;
  #given = '';
  #hash = createHash('sha256');

  constructor(signing: ChunkSigning) {
    this.#signing = signing;
    this.#previous = signing.seedSignature;
  }

  startChunk(signature: string | undefined): void {
    if (signature === undefined) throw mismatch();
    this.#given = signature.toLowerCase();
    this.#hash = createHash('sha256');
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  /** 403 SignatureDoesNotMatch unless the chunk is the signed one, in its place. */
  endChunk(): void {
    this.#check('AWS4-HMAC-SHA256-PAYLOAD', [EMPTY_SHA256, this.#hash.digest('hex')], this.#given);
    this.#previous = this.#given;
  }

  /** Trailers are signed as a last link, where there are any. */
  checkTrailers(trailers: ReadonlyMap<string, string>): void {
    const signed = [...trailers].filter(([name]) => name !== TRAILER_SIGNATURE);
    if (signed.length === 0) return;
    const text = signed.map(([name, value]) => `${name}:${value}\n`).join('');
    this.#check('AWS4-HMAC-SHA256-TRAILER', [sha256Hex(text)], trailers.get(TRAILER_SIGNATURE) ?? '');
  }

  #check(label: string, hashes: readonly string[], given: string): void {
    const { amzDate, scope, signingKey } = this.#signing;
    const expected = hmacHex(signingKey, [label, amzDate, scope, this.#previous, ...hashes].join('\n'));
    if (!isSameSignature(expected, given)) throw mismatch();
  }
}
