import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChunkSigning } from '../../../../local/s3/auth/payload-mode.ts';
import { deriveSigningKey } from '../../../../local/s3/auth/signature.ts';
import { AwsChunkedDecoder } from '../../../../local/s3/body/aws-chunked-decoder.ts';

const cut = (bytes: Buffer, at: readonly number[]): Buffer[] => {
  const ends = [...new Set(at.map((n) => n % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
};

const decode = (pieces: readonly Buffer[], signing?: ChunkSigning) => {
  const decoder = new AwsChunkedDecoder(signing);
  const payload = Buffer.concat(pieces.flatMap((piece) => decoder.write(piece)));
  return { payload, trailers: Object.fromEntries(decoder.finish()) };
};

const frame = (chunks: readonly Uint8Array[], trailers: string): Buffer =>
  Buffer.concat([
    ...chunks.flatMap((chunk) => [Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]),
    Buffer.from(`0\r\n${trailers}\r\n`),
  ]);

// The worked examples of AWS's documentation ("Signature calculations ... transferring payload in multiple chunks").
const EXAMPLE = { day: '20130524', region: 'us-east-1', service: 's3', terminator: 'aws4_request' };
const signingOf = (seedSignature: string): ChunkSigning => ({
  signingKey: deriveSigningKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    ...EXAMPLE,
  }),
  seedSignature,
  amzDate: '20130524T000000Z',
  scope: '20130524/us-east-1/s3/aws4_request',
});
const exampleBody = (signatures: readonly string[], trailer = ''): Buffer => {
  const [first, second, last] = signatures;
  const head = (size: string, signature = ''): string => `${size};chunk-signature=${signature}\r\n`;
  return Buffer.from(
    `${head('10000', first)}${'a'.repeat(65536)}\r\n${head('400', second)}${'a'.repeat(1024)}\r\n${head('0', last)}${trailer}\r\n`,
  );
};
const SEED = '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9';
const SIGNED = exampleBody([
  'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
  '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
  'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
]);
const TRAILER_SEED = '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e';
const signedWithTrailer = (checksum: string): Buffer =>
  exampleBody(
    [
      'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
      '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
      '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
    ],
    `x-amz-checksum-crc32c:${checksum}\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n`,
  );

describe('aws-chunked', () => {
  it('gives back what was framed, however the chunks are made and the bytes arrive', () => {
    const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 6 });
    fc.assert(
      fc.property(chunks, fc.array(fc.nat(), { maxLength: 12 }), (chunks, at) => {
        const framed = frame(chunks, 'x-amz-checksum-crc32:AAAAAA==\r\n');
        const { payload, trailers } = decode(cut(framed, at));
        expect(payload).toEqual(Buffer.concat(chunks));
        expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'AAAAAA==' });
      }),
      { seed: 3 },
    );
  });

  it('refuses a body that ends anywhere before its end', () => {
    const framed = frame([Buffer.from('hello'), Buffer.from('world')], 'x-amz-checksum-crc32:AAAAAA==\r\n');
    for (let end = 0; end < framed.length - 1; end++) {
      expect(() => decode([framed.subarray(0, end)])).toThrow(/terminated unexpectedly/);
    }
  });

  it.each([
    'zz\r\n',
    '-1\r\n',
    '5\r\nhelloX\r\n0\r\n\r\n',
    '5;x=y\r\nhello\r\n',
    '0\r\n\r\nmore',
    `${'f'.repeat(9000)}`,
  ])('refuses %j', (framed) => {
    expect(() => decode([Buffer.from(framed)])).toThrow(/not well-formed/);
  });

  it("accepts the signed chunks of AWS's worked example, however they arrive", () => {
    for (const at of [[], [1], [85, 86, 87], [65620, 65700]]) {
      expect(decode(cut(SIGNED, at), signingOf(SEED)).payload.toString()).toBe('a'.repeat(66560));
    }
  });

  it("accepts the signed trailer of AWS's worked example", () => {
    const { trailers } = decode([signedWithTrailer('sOO8/Q==')], signingOf(TRAILER_SEED));
    expect(trailers['x-amz-checksum-crc32c']).toBe('sOO8/Q==');
  });

  it('refuses a changed byte, a changed order, a missing signature, and a changed trailer', () => {
    const changed = Buffer.from(SIGNED);
    changed[200] = 0x62;
    const unsigned = frame([Buffer.from('a')], '');
    const mismatch = /does not match/;
    expect(() => decode([changed], signingOf(SEED))).toThrow(mismatch);
    expect(() => decode([SIGNED], signingOf(TRAILER_SEED))).toThrow(mismatch);
    expect(() => decode([unsigned], signingOf(SEED))).toThrow(mismatch);
    expect(() => decode([signedWithTrailer('AAAA/Q==')], signingOf(TRAILER_SEED))).toThrow(mismatch);
  });
});
