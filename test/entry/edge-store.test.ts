import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { beforeEach, describe, expect, test } from 'vitest';
import { edgeStoreOnAws } from '../../functions/entry/edge-store.ts';

const ARN = 'arn:aws:cloudfront::111122223333:key-value-store/0b9f1c2e-1111-2222-3333-444455556666';

interface Sent {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
}
let sent: Sent[] = [];
let answers: (readonly [status: number, body: object])[] = [];
beforeEach(() => {
  sent = [];
});

/** Answers what the test has laid out, in turn. */
const client = new CloudFrontKeyValueStoreClient({
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'session' },
  requestHandler: {
    handle: async (request: HttpRequest) => {
      const { method, hostname: host, path, headers, query, body } = request;
      sent.push({
        method,
        host,
        path,
        headers,
        query,
        body: body === undefined ? undefined : JSON.parse(new TextDecoder().decode(body)),
      });
      const [statusCode, answer] = answers.shift() ?? [500, {}];
      const etag: Record<string, string> = 'ETag' in answer ? { etag: String(answer.ETag) } : {};
      const text = new TextEncoder().encode(JSON.stringify(answer));
      return {
        response: new HttpResponse({
          statusCode,
          headers: { 'content-type': 'application/json', ...etag },
          body: text,
        }),
      };
    },
  },
  maxAttempts: 1,
});
const store = edgeStoreOnAws(ARN, client);

describe('the store at the edge', () => {
  test('is asked at its account, with a signature for all regions', async () => {
    answers = [[200, { ETag: 'v1', ItemCount: 1, TotalSizeInBytes: 1, KvsARN: ARN, Created: 1 }]];
    expect(await store.getVersion()).toBe('v1');
    const [request] = sent;
    expect(request).toMatchObject({ method: 'GET', host: '111122223333.cloudfront-kvs.global.api.aws' });
    expect(decodeURIComponent(String(request?.path))).toBe(`/key-value-stores/${ARN}`);
    expect(request?.headers.authorization).toMatch(/^AWS4-ECDSA-P256-SHA256 Credential=AKID\//);
    expect(request?.headers['x-amz-region-set']).toBe('*');
  });

  test('is read to its end', async () => {
    answers = [
      [200, { Items: [{ Key: 'mode', Value: 'users' }], NextToken: 'more' }],
      [200, { Items: [{ Key: 'key/k', Value: 's' }] }],
    ];
    const expected = new Map([
      ['mode', 'users'],
      ['key/k', 's'],
    ]);
    expect(await store.list()).toEqual(expected);
    expect(sent.map(({ query }) => Object(query).NextToken)).toEqual([undefined, 'more']);
  });

  test('is written on the condition that nobody else has', async () => {
    answers = [[200, { ETag: 'v2', ItemCount: 1, TotalSizeInBytes: 1 }]];
    expect(await store.write('v1', { puts: [['mode', 'users']], deletes: ['all/t/u'] })).toBe('v2');
    expect(sent).toMatchObject([
      {
        method: 'POST',
        headers: { 'if-match': 'v1' },
        body: { Puts: [{ Key: 'mode', Value: 'users' }], Deletes: [{ Key: 'all/t/u' }] },
      },
    ]);
    answers = [[409, { Message: 'somebody else has' }]];
    await expect(store.write('v1', { puts: [], deletes: ['x'] })).rejects.toThrow();
  });
});
