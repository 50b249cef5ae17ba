import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalS3, openLocalS3 } from './local-s3.ts';
import { modelListing } from './model-listing.ts';

const LETTERS = ['a', 'b', '/', ' ', '+', '%', '&', '.', '\u00e9', '\ufffd', '\u{1f600}'];
const keys = fc.uniqueArray(fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 12,
});
const query = fc.record({
  prefix: fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 2 }),
  delimiter: fc.constantFrom('', '/', 'b', '\u{1f600}'),
  limit: fc.integer({ min: 1, max: 5 }),
});

type Query = { readonly prefix: string; readonly delimiter: string; readonly limit: number };

const servers: LocalS3[] = [];
beforeAll(async () => {
  servers.push(await openLocalS3());
});
afterAll(async () => {
  for (const server of servers) await server.close();
});

const listAll = async (
  { s3 }: LocalS3,
  Bucket: string,
  { prefix, delimiter, limit }: Query,
): Promise<readonly string[]> => {
  const names: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const input = { Bucket, Prefix: prefix, Delimiter: delimiter, MaxKeys: limit, ContinuationToken };
    const page = await s3.send(new ListObjectsV2Command({ ...input, EncodingType: 'url' }));
    const found = [
      ...(page.Contents ?? []).map(({ Key = '' }) => `key ${decodeURIComponent(Key)}`),
      ...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => `prefix ${decodeURIComponent(Prefix)}`),
    ];
    expect(found).toHaveLength(page.KeyCount ?? -1);
    names.push(...found);
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return names.sort();
};

describe('listing over HTTP', () => {
  it('equals a plain model for random keys, prefixes, delimiters and page sizes', async () => {
    const [server] = servers;
    if (server === undefined) throw new Error('no server');
    let run = 0;
    await fc.assert(
      fc.asyncProperty(keys, fc.array(query, { minLength: 1, maxLength: 4 }), async (keys, queries) => {
        run += 1;
        const Bucket = `listing-${run}`;
        await server.s3.send(new CreateBucketCommand({ Bucket }));
        for (const Key of keys) await server.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
        for (const each of queries) {
          const model = modelListing(keys, each).map(({ kind, name }) => `${kind} ${name}`);
          expect(await listAll(server, Bucket, each)).toEqual(model.sort());
        }
      }),
      { seed: 7, numRuns: 40 },
    );
  });
});
