import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Credentials } from '../../../../functions/store/dynamo/client/authorization.ts';
import { signRequest, type UnsignedRequest } from '../../../../functions/store/dynamo/client/sign-request.ts';

const SEED = 20260801;
/** The SDK says this twice, once as a header of its own; DynamoDB asks only for what is in the signature. */
const BODY_HASH = 'x-amz-content-sha256';

/** The headers of the same request by the signer of AWS's own client. */
async function signedByAws(unsigned: UnsignedRequest, credentials: Credentials) {
  const { host, region, target, body, now, service, contentType = 'application/x-amz-json-1.0' } = unsigned;
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const keys = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  const client = new DynamoDBClient({ region, credentials: keys });
  const signer = await client.config.signer();
  const headers = { host, 'content-type': contentType, 'x-amz-target': target };
  const { [BODY_HASH]: _, ...signed } = (
    await signer.sign(
      { method: 'POST', protocol: 'https:', hostname: host, path: '/', headers, body },
      {
        signingDate: new Date(now),
        unsignableHeaders: new Set([BODY_HASH]),
        ...(service === undefined ? {} : { signingService: service }),
      },
    )
  ).headers;
  client.destroy();
  return signed;
}

const request: UnsignedRequest = {
  host: 'dynamodb.eu-west-1.amazonaws.com',
  region: 'eu-west-1',
  target: 'DynamoDB_20120810.GetItem',
  body: '{"TableName":"t"}',
  now: Date.UTC(2026, 7, 1, 12, 30, 15, 678),
};
const role: Credentials = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret/+=', sessionToken: 'IQoJb3+/==' };
const user: Credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'another secret' };

describe('signRequest signs as AWS does', () => {
  test.each<[string, UnsignedRequest, Credentials]>([
    ['for a role, whose credentials have a session token', request, role],
    ['for a user, whose credentials have none', request, user],
    ['without an empty session token', request, { ...user, sessionToken: '' }],
    ['a host with a port', { ...request, host: '127.0.0.1:8000' }, role],
    ['a body beyond ASCII', { ...request, body: '{"S":"Grüße, 世界 🎉"}' }, role],
    [
      "another service's protocol",
      { ...request, target: 'AWSEvents.PutEvents', service: 'events', contentType: 'application/x-amz-json-1.1' },
      role,
    ],
    ['an empty body', { ...request, body: '' }, role],
    ['in the last millisecond of a year', { ...request, now: Date.UTC(2026, 11, 31, 23, 59, 59, 999) }, role],
    ['in the first of a year', { ...request, now: Date.UTC(2027, 0, 1) }, role],
  ])('%s', async (_, unsigned, credentials) => {
    expect(signRequest(unsigned, credentials)).toEqual(await signedByAws(unsigned, credentials));
  });

  test('when days, regions and credentials take turns', async () => {
    const turns = [request.now, request.now + 86_400_000].flatMap((now) =>
      ['eu-west-1', 'us-east-1'].flatMap((region) =>
        [role, user, { ...role, secretAccessKey: 'rotated' }].map(
          (keys) => [{ ...request, now, region }, keys] as const,
        ),
      ),
    );
    for (const [unsigned, keys] of [...turns, ...turns.toReversed()]) {
      expect(signRequest(unsigned, keys)).toEqual(await signedByAws(unsigned, keys));
    }
  });

  test('whatever it is given', async () => {
    const word = fc.stringMatching(/^[\w/+=-]{1,40}$/);
    const unsigned = fc.record({
      host: fc.domain(),
      region: fc.constantFrom('us-east-1', 'cn-north-1', 'ap-southeast-2'),
      target: fc.constantFrom('DynamoDB_20120810.PutItem', 'DynamoDB_20120810.TransactWriteItems'),
      body: fc.string({ unit: 'binary', maxLength: 200 }),
      now: fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) }),
    });
    const credentials = fc.record(
      { accessKeyId: word, secretAccessKey: word, sessionToken: word },
      { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
    );
    const isSame = async (each: UnsignedRequest, keys: Credentials) => {
      expect(signRequest(each, keys)).toEqual(await signedByAws(each, keys));
    };
    await fc.assert(fc.asyncProperty(unsigned, credentials, isSame), { seed: SEED, numRuns: 60 });
  });
});
