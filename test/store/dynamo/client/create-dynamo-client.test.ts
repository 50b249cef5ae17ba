import { describe, expect, test } from 'vitest';
import {
  createDynamoClient,
  type DynamoClientProps,
  MAX_ATTEMPTS,
} from '../../../../functions/store/dynamo/client/create-dynamo-client.ts';
import { DynamoError, NoAnswerError } from '../../../../functions/store/dynamo/client/dynamo-error.ts';
import type { HttpAnswer } from '../../../../functions/store/dynamo/client/http-post.ts';
import { errorAnswer } from '../../faulty-client.ts';

type Outcome = HttpAnswer | Error;

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A client whose requests come to the outcomes in turn, the last one from then on; its pauses are noted. */
function clientWith(outcomes: readonly Outcome[], props: Partial<DynamoClientProps> = {}) {
  const sent: Sent[] = [];
  const pauses: number[] = [];
  let tokens = 0;
  const client = createDynamoClient({
    endpoint: 'https://dynamodb.eu-west-1.amazonaws.com',
    region: 'eu-west-1',
    credentials: () => ({ accessKeyId: 'id', secretAccessKey: 'secret' }),
    clock: () => 1_800_000_000_000,
    sleep: async (ms) => {
      pauses.push(ms);
    },
    random: () => 1,
    randomHex: (digits) => {
      tokens += 1;
      return String(tokens).padStart(digits, '0');
    },
    post: async (headers, body) => {
      sent.push({ headers, body });
      const outcome = outcomes[Math.min(sent.length, outcomes.length) - 1];
      if (outcome === undefined || outcome instanceof Error) throw outcome;
      return outcome;
    },
    ...props,
  });
  return { client, sent, pauses };
}

const ok: HttpAnswer = { status: 200, body: '{}' };
const page = (status: number): HttpAnswer => ({ status, body: '<html><h1>Sorry</h1></html>' });
const refusal = (code: string, message = 'no', status = 400): HttpAnswer => ({
  status,
  body: JSON.stringify(errorAnswer(code, { message })),
});

const KEY = { TableName: 't', Key: { pk: { S: 'a' } } };
const TRANSACTION = { TransactItems: [{ Delete: KEY }] };
const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

describe('a call', () => {
  test('names its operation and is signed for the endpoint', async () => {
    const { client, sent } = clientWith([ok]);
    await client.send('GetItem', KEY);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.headers).toMatchObject({
      host: 'dynamodb.eu-west-1.amazonaws.com',
      'x-amz-target': 'DynamoDB_20120810.GetItem',
      authorization: expect.stringContaining('Credential=id/20270115/eu-west-1/dynamodb/aws4_request'),
    });
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual(KEY);
  });

  test('gives what DynamoDB answers', async () => {
    const body = JSON.stringify({ Item: { pk: { S: 'a' }, b: { B: 'AQ==' } } });
    const { client } = clientWith([{ status: 200, body }]);
    expect(await client.send('GetItem', KEY)).toEqual({ Item: { pk: { S: 'a' }, b: { B: Buffer.from([1]) } } });
  });

  test('is not made when there are no credentials, nor tried again', async () => {
    const credentials = () => {
      throw new Error('AWS_ACCESS_KEY_ID is missing');
    };
    const { client, sent, pauses } = clientWith([ok], { credentials });
    await expect(client.send('GetItem', KEY)).rejects.toThrow('AWS_ACCESS_KEY_ID is missing');
    expect([sent, pauses]).toEqual([[], []]);
  });
});

describe('what passes', () => {
  test.each<[string, Outcome]>([
    ['throughput', refusal('ProvisionedThroughputExceededException')],
    ['throttling', refusal('ThrottlingException')],
    ['the request limit', refusal('RequestLimitExceeded')],
    ['a transaction in progress', refusal('TransactionInProgressException')],
    ['an error of the service', refusal('InternalServerError', 'no', 500)],
    ['an unavailable service', refusal('ServiceUnavailable', 'no', 503)],
    ["a proxy's 502", page(502)],
    ["a proxy's 504 without a word", { status: 504, body: '' }],
    ["a proxy's page in place of an answer", page(200)],
    ['an answer that breaks off', { status: 200, body: '{"Item":{"pk"' }],
    ['a broken connection', reset],
    ['a signature that lay too long', refusal('InvalidSignatureException', 'Signature expired: 20270115T075500Z is …')],
  ])('is tried again: %s', async (_, outcome) => {
    const { client, sent } = clientWith([outcome, outcome, ok]);
    expect(await client.send('PutItem', { TableName: 't', Item: {} })).toEqual({});
    expect(sent).toHaveLength(3);
  });

  test('is waited for ever longer, up to two seconds', async () => {
    const { client, pauses } = clientWith([reset]);
    await expect(client.send('GetItem', KEY)).rejects.toThrow(NoAnswerError);
    expect(pauses).toEqual([50, 100, 200, 400, 800, 1600, 2000]);
  });

  test('is waited for a random part of that, so that clients part', async () => {
    const draws = [0, 0.5, 0.25];
    const { client, pauses } = clientWith([reset, reset, reset, ok], { random: () => draws.shift() ?? 1 });
    await client.send('GetItem', KEY);
    expect(pauses).toEqual([0, 50, 50]);
  });

  test('is given up after some tries, with the last error', async () => {
    const others = Array.from({ length: MAX_ATTEMPTS - 1 }, () => reset);
    const { client, sent, pauses } = clientWith([...others, refusal('ThrottlingException', 'the last')]);
    await expect(client.send('GetItem', KEY)).rejects.toMatchObject({
      code: 'ThrottlingException',
      message: 'the last',
    });
    expect([sent.length, pauses.length]).toEqual([MAX_ATTEMPTS, MAX_ATTEMPTS - 1]);
  });

  test('is not given up before', async () => {
    const others = Array.from({ length: MAX_ATTEMPTS - 1 }, () => reset);
    expect(await clientWith([...others, ok]).client.send('GetItem', KEY)).toEqual({});
  });
});

describe('what does not pass', () => {
  test.each<[string, number, HttpAnswer]>([
    ['ConditionalCheckFailedException', 400, refusal('ConditionalCheckFailedException')],
    ['ValidationException', 400, refusal('ValidationException')],
    ['TransactionCanceledException', 400, refusal('TransactionCanceledException')],
    ['TransactionConflictException', 400, refusal('TransactionConflictException')],
    ['ResourceNotFoundException', 400, refusal('ResourceNotFoundException')],
    ['AccessDeniedException', 400, refusal('AccessDeniedException')],
    ['ExpiredTokenException', 400, refusal('ExpiredTokenException')],
    ['InvalidSignatureException', 400, refusal('InvalidSignatureException', 'The request signature we calculated …')],
    ['UnknownError', 403, page(403)],
    ['UnknownError', 301, page(301)],
  ])('is thrown at once: %s, %d', async (code, status, answer) => {
    const { client, sent, pauses } = clientWith([answer, ok]);
    const error = await client.send('GetItem', KEY).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(DynamoError);
    expect(error).toMatchObject({ code, status, name: code });
    expect([sent.length, pauses]).toEqual([1, []]);
  });
});

describe('each try', () => {
  test('is signed anew, with the time and the credentials of its own', async () => {
    let tries = 0;
    const { client, sent } = clientWith([reset, reset, ok], {
      clock: () => Date.UTC(2027, 0, 31, 23, 59, 59) + tries * 1000,
      credentials: () => {
        tries += 1;
        return { accessKeyId: `id-${tries}`, secretAccessKey: 'secret', sessionToken: `token-${tries}` };
      },
    });
    await client.send('GetItem', KEY);
    expect(sent.map(({ headers }) => headers['x-amz-date'])).toEqual([
      '20270131T235959Z',
      '20270201T000000Z',
      '20270201T000001Z',
    ]);
    expect(sent.map(({ headers }) => headers['x-amz-security-token'])).toEqual(['token-1', 'token-2', 'token-3']);
    expect(new Set(sent.map(({ headers }) => headers.authorization)).size).toBe(3);
  });

  test('of a transaction carries the token of that transaction', async () => {
    const { client, sent } = clientWith([reset, refusal('TransactionInProgressException'), ok]);
    await client.send('TransactWriteItems', TRANSACTION);
    await client.send('TransactWriteItems', TRANSACTION);
    const tokens = sent.map(({ body }) => JSON.parse(body).ClientRequestToken);
    expect(tokens).toEqual([tokens[0], tokens[0], tokens[0], tokens[3]]);
    expect(tokens[3]).not.toBe(tokens[0]);
    // AWS: ClientRequestToken has 1 to 36 characters.
    expect(tokens[0]).toMatch(/^.{32}$/);
  });

  test('of anything else says the same, without a token', async () => {
    const { client, sent } = clientWith([reset, ok]);
    await client.send('PutItem', { TableName: 't', Item: { pk: { S: 'a' } } });
    const put = JSON.stringify({ TableName: 't', Item: { pk: { S: 'a' } } });
    expect(sent.map(({ body }) => body)).toEqual([put, put]);
  });
});

describe('an error', () => {
  const errorOf = async (status: number, body: string) => {
    const { client } = clientWith([{ status, body }]);
    return client.send('PutItem', { TableName: 't', Item: {} }).catch((error: unknown) => error);
  };

  test('has the item that a condition found, with its bytes', async () => {
    const answer = errorAnswer('ConditionalCheckFailedException', { Item: { pk: { S: 'a' } } });
    const body = JSON.stringify({ ...answer, Item: { ...answer.Item, b: { B: 'AQ==' } } });
    expect(await errorOf(400, body)).toMatchObject({ item: { pk: { S: 'a' }, b: { B: Buffer.from([1]) } } });
  });

  test('has the reasons of a cancelled transaction', async () => {
    const CancellationReasons = [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: { pk: { S: 'a' } } }];
    const body = JSON.stringify(errorAnswer('TransactionCanceledException', { CancellationReasons }));
    expect(await errorOf(400, body)).toMatchObject({ item: undefined, reasons: CancellationReasons });
  });

  test.each([
    ['message', 'com.amazon.coral.validate#ValidationException'],
    ['Message', 'com.amazon.coral.service#ValidationException'],
    ['message', 'ValidationException'],
  ])('says what DynamoDB said as %s of %s', async (field, type) => {
    const error = await errorOf(400, JSON.stringify({ __type: type, [field]: 'what was wrong' }));
    expect(error).toMatchObject({ code: 'ValidationException', message: 'what was wrong' });
  });

  test.each(['', 'null', '7', '"text"', '[]', '{}', '{"message":"Forbidden"}', '{"__type":7}', '<html>'])(
    'quotes what is not of DynamoDB: %s',
    async (body) => {
      expect(await errorOf(403, body)).toMatchObject({ code: 'UnknownError', status: 403, message: body, reasons: [] });
    },
  );

  test('quotes no more than the beginning', async () => {
    const error = await errorOf(403, 'x'.repeat(10_000));
    expect(error).toMatchObject({ message: 'x'.repeat(200) });
  });

  test('of a connection keeps its cause', async () => {
    const { client } = clientWith([reset]);
    await expect(client.send('GetItem', KEY)).rejects.toMatchObject({ name: 'NoAnswerError', cause: reset });
  });
});
