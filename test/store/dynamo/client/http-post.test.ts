import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { MAX_ATTEMPTS } from '../../../../functions/store/dynamo/client/create-dynamo-client.ts';
import { NoAnswerError } from '../../../../functions/store/dynamo/client/dynamo-error.ts';
import { createHttpPost } from '../../../../functions/store/dynamo/client/http-post.ts';
import { freePort } from '../../../support/free-port.ts';
import { connectionTo, openClient } from '../../open-test-store.ts';
import { upTo } from '../../samples.ts';
import { answerWith, startServer } from './start-server.ts';

const SHORT_MS = 40;
const KEY = { TableName: 't', Key: { pk: { S: 'a' } } };
const ITEM = { pk: { S: 'a' }, text: { S: 'Grüße, 世界 🎉' } };

const clientOf = (endpoint: string, timeoutMs = 10_000) =>
  openClient({ ...connectionTo(endpoint), post: createHttpPost(new URL(endpoint), timeoutMs) });

/** The reason why a call got no answer. */
async function causeOf(call: Promise<unknown>): Promise<unknown> {
  const error = await call.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NoAnswerError);
  return error instanceof Error ? error.cause : undefined;
}

describe('a request', () => {
  test('is a POST to the root with the length of its body in bytes', async () => {
    const { endpoint, received } = await startServer(answerWith(200, {}));
    await clientOf(endpoint).send('PutItem', { TableName: 't', Item: ITEM });
    const body = JSON.stringify({ TableName: 't', Item: ITEM });
    expect(received).toMatchObject([
      {
        method: 'POST',
        url: '/',
        body,
        headers: { host: new URL(endpoint).host, 'content-length': String(Buffer.byteLength(body)) },
      },
    ]);
  });

  test('gets an answer that comes in pieces, characters cut in two', async () => {
    const bytes = Buffer.from(JSON.stringify({ Item: ITEM }));
    const { endpoint } = await startServer((response) => {
      const writeFrom = (at: number) => {
        if (at >= bytes.length) response.end();
        else response.write(bytes.subarray(at, at + 1), () => writeFrom(at + 1));
      };
      writeFrom(0);
    });
    expect(await clientOf(endpoint).send('GetItem', KEY)).toEqual({ Item: ITEM });
  });
});

describe('no answer', () => {
  test('comes from where nobody listens', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    expect(await causeOf(clientOf(endpoint).send('GetItem', KEY))).toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('comes from a server that falls silent', async () => {
    const { endpoint, received } = await startServer(() => undefined);
    const cause = await causeOf(clientOf(endpoint, SHORT_MS).send('GetItem', KEY));
    expect(String(cause)).toContain(`within ${SHORT_MS} ms`);
    expect(received).toHaveLength(MAX_ATTEMPTS);
  });

  test('comes from a server that falls silent in the middle of its answer', async () => {
    const { endpoint } = await startServer((response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{"Item":');
    });
    await causeOf(clientOf(endpoint, SHORT_MS).send('GetItem', KEY));
  });

  const cut = (headers: Readonly<Record<string, string>>) => (response: ServerResponse) => {
    response.writeHead(200, headers);
    response.write('{"Item":', () => response.socket?.destroy());
  };

  test.each<[string, (response: ServerResponse) => void]>([
    ['before its answer', (response) => response.socket?.destroy()],
    ['in the middle of an answer whose length it told', cut({ 'content-length': '100' })],
    ['in the middle of an answer in chunks', cut({})],
    ['in the middle of an answer that ends with the connection', cut({ connection: 'close' })],
  ])('comes from a server that hangs up %s', async (_, answer) => {
    const { endpoint, received } = await startServer(answer);
    await causeOf(clientOf(endpoint).send('GetItem', KEY));
    expect(received).toHaveLength(MAX_ATTEMPTS);
  });

  test('is carried over when the next try is answered', async () => {
    let tries = 0;
    const { endpoint } = await startServer((response) => {
      tries += 1;
      if (tries < MAX_ATTEMPTS) response.socket?.destroy();
      else answerWith(200, { Item: ITEM })(response);
    });
    expect(await clientOf(endpoint).send('GetItem', KEY)).toEqual({ Item: ITEM });
  });

  test('comes from a server without TLS where the endpoint is one of https', async () => {
    const { endpoint, received } = await startServer(answerWith(200, {}));
    const cause = await causeOf(clientOf(endpoint.replace('http:', 'https:')).send('GetItem', KEY));
    expect(cause).toMatchObject({ code: expect.stringMatching(/SSL|EPROTO/) });
    expect(received).toEqual([]);
  });
});

describe('a connection', () => {
  test('serves one request after another', async () => {
    const { endpoint, received, countConnections } = await startServer(answerWith(200, {}));
    const client = clientOf(endpoint);
    for (const _ of upTo(5)) await client.send('GetItem', KEY);
    expect([received.length, countConnections()]).toEqual([5, 1]);
  });

  test('serves on after a refusal', async () => {
    const refusal = { __type: 'x#ValidationException', message: 'no' };
    const { endpoint, countConnections } = await startServer(answerWith(400, refusal));
    const client = clientOf(endpoint);
    for (const _ of upTo(3)) await expect(client.send('GetItem', KEY)).rejects.toThrow('no');
    expect(countConnections()).toBe(1);
  });

  test('is one of 64 at most, whatever is asked at a time', async () => {
    const { endpoint, received, countConnections } = await startServer(answerWith(200, {}));
    const client = clientOf(endpoint);
    await Promise.all(upTo(200).map(() => client.send('GetItem', KEY)));
    expect(received).toHaveLength(200);
    expect(countConnections()).toBeLessThanOrEqual(64);
  });

  test('that the server has closed meanwhile is made anew', async () => {
    const { endpoint, closeIdle } = await startServer(answerWith(200, {}));
    const client = clientOf(endpoint);
    await client.send('GetItem', KEY);
    closeIdle();
    expect(await client.send('GetItem', KEY)).toEqual({});
  });
});
