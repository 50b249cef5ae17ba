import { S3Error } from '../s3-error.ts';
import { AwsChunkedDecoder } from './aws-chunked-decoder.ts';
import { type ChecksumAlgorithm, checksumHeader, createChecksum, createMd5, createSha256 } from './checksum.ts';
import { type BodyPlan, checkedChecksum } from './plan-body.ts';

/** What a body turned out to be, once it is whole and matches all it promised. */
export type BodyFacts = {
  readonly sizeBytes: number;
  /** Undefined when the plan does not want it. */
  readonly md5: Buffer | undefined;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
};

const badDigest = (name: string): S3Error =>
  new S3Error('BadDigest', `The ${name} you specified did not match the calculated checksum.`);

const incomplete = (): S3Error =>
  new S3Error('IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length HTTP header');

/** A body read once: `chunks` yields the payload and throws at its end unless every promise of the plan holds; then `facts` may be asked. */
export class VerifiedBody {
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #plan: BodyPlan;
  readonly #decoder: AwsChunkedDecoder | undefined;
  #facts: BodyFacts | undefined;

  constructor(source: AsyncIterable<Uint8Array>, plan: BodyPlan) {
    this.#source = source;
    this.#plan = plan;
    this.#decoder = plan.payload.kind === 'chunked' ? new AwsChunkedDecoder(plan.payload.signing) : undefined;
  }

  get facts(): BodyFacts {
    if (this.#facts === undefined) throw new Error('the facts of a body are known once it was read to its end');
    return this.#facts;
  }

  async *chunks(): AsyncGenerator<Buffer> {
    const { payload, checksum, wantsMd5 } = this.#plan;
    const md5 = wantsMd5 ? createMd5() : undefined;
    const sha256 = payload.kind === 'sha256' ? createSha256() : undefined;
    const digest = checksum === undefined ? undefined : createChecksum(checksum.algorithm);
    let sizeBytes = 0;
    for await (const piece of this.#pieces()) {
      sizeBytes += piece.length;
      if (sizeBytes > this.#plan.sizeBytes) throw incomplete();
      for (const each of [md5, sha256, digest]) each?.update(piece);
      yield piece;
    }
    if (sizeBytes !== this.#plan.sizeBytes) throw incomplete();
    const facts = {
      sizeBytes,
      md5: md5?.digest(),
      checksum: digest?.digest().toString('base64'),
      sha256: sha256?.digest(),
    };
    this.#facts = this.#verify(facts);
  }

  async *#pieces(): AsyncGenerator<Buffer> {
    for await (const bytes of this.#source) {
      const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      if (this.#decoder === undefined) yield piece;
      else yield* this.#decoder.write(piece);
    }
  }

  #verify(found: { sizeBytes: number; md5?: Buffer; checksum?: string; sha256?: Buffer }): BodyFacts {
    const { payload, md5, checksum } = this.#plan;
    const trailers = this.#decoder?.finish();
    if (payload.kind === 'sha256' && found.sha256?.toString('hex') !== payload.hex) {
      throw new S3Error(
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      );
    }
    if (md5 !== undefined && found.md5?.equals(md5) !== true) {
      throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
    }
    const { sizeBytes } = found;
    if (checksum === undefined || found.checksum === undefined) return { sizeBytes, md5: found.md5 };
    const promised = checksum.value ?? this.#promisedInTrailer(checksum.algorithm, trailers);
    if (promised !== found.checksum) throw badDigest(checksum.algorithm);
    return { sizeBytes, md5: found.md5, checksum: { algorithm: checksum.algorithm, value: found.checksum } };
  }

  #promisedInTrailer(algorithm: ChecksumAlgorithm, trailers: ReadonlyMap<string, string> | undefined): string {
    const value = trailers?.get(checksumHeader(algorithm));
    if (value !== undefined) return checkedChecksum(algorithm, value);
    throw new S3Error(
      'MalformedTrailerError',
      `The trailer ${checksumHeader(algorithm)} was announced and did not come.`,
    );
  }
}
