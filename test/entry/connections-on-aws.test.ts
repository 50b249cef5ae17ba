import { describe, expect, it } from 'vitest';
import { bucketUrlOnAws, connectionsOnAws } from '../../functions/entry/connections-on-aws.ts';

const LAMBDA = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'ASIA',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
};

describe('connectionsOnAws', () => {
  it.each([
    ['eu-west-1', 'https://dynamodb.eu-west-1.amazonaws.com'],
    ['us-gov-west-1', 'https://dynamodb.us-gov-west-1.amazonaws.com'],
    ['cn-north-1', 'https://dynamodb.cn-north-1.amazonaws.com.cn'],
  ])('finds DynamoDB in the region of the function: %s', (region, endpoint) => {
    expect(connectionsOnAws({ ...LAMBDA, AWS_REGION: region }).dynamodb).toMatchObject({ region, endpoint });
  });

  it.each([
    ['all services', { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, 'http://127.0.0.1:1'],
    ['DynamoDB', { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:2' }, 'http://127.0.0.1:2'],
    [
      'DynamoDB rather than that of all services',
      { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:2' },
      'http://127.0.0.1:2',
    ],
  ])('takes the endpoint of %s', (_, named, endpoint) => {
    expect(connectionsOnAws({ ...LAMBDA, ...named }).dynamodb.endpoint).toBe(endpoint);
  });

  it('signs with the credentials of the role', () => {
    expect(connectionsOnAws(LAMBDA).dynamodb.credentials()).toEqual({
      accessKeyId: 'ASIA',
      secretAccessKey: 'secret',
      sessionToken: 'token',
    });
  });

  it('signs with what the environment says by then', () => {
    const env = { ...LAMBDA };
    const { dynamodb } = connectionsOnAws(env);
    env.AWS_ACCESS_KEY_ID = 'rotated';
    expect(dynamodb.credentials()).toMatchObject({ accessKeyId: 'rotated' });
  });

  it('does without a session token', () => {
    const env = { ...LAMBDA, AWS_SESSION_TOKEN: undefined };
    expect(connectionsOnAws(env).dynamodb.credentials()).toMatchObject({ sessionToken: undefined });
  });

  it.each(['AWS_REGION'])('names %s when it is missing or empty', (name) => {
    expect(() => connectionsOnAws({ ...LAMBDA, [name]: undefined })).toThrow(`${name} is missing`);
    expect(() => connectionsOnAws({ ...LAMBDA, [name]: '' })).toThrow(`${name} is missing`);
  });

  it.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])(
    'names %s when a request is to be signed without it',
    (name) => {
      const { dynamodb } = connectionsOnAws({ ...LAMBDA, [name]: undefined });
      expect(() => dynamodb.credentials()).toThrow(`${name} is missing`);
    },
  );

  it('shares the table with other functions', () => {
    expect(connectionsOnAws(LAMBDA).isOnlyWriter).toBe(false);
  });
});

describe('bucketUrlOnAws', () => {
  it.each([
    ['under its own name', 'b', {}, 'https://b.s3.eu-west-1.amazonaws.com'],
    ['in China', 'b', { AWS_REGION: 'cn-north-1' }, 'https://b.s3.cn-north-1.amazonaws.com.cn'],
    ['below the region, where its name fits no certificate', 'a.b', {}, 'https://s3.eu-west-1.amazonaws.com/a.b/'],
    ['below the endpoint of all services', 'b', { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, 'http://127.0.0.1:1/b/'],
    [
      'below the endpoint of S3 rather than that',
      'b',
      { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:2' },
      'http://127.0.0.1:2/b/',
    ],
  ])('finds a bucket %s', (_, bucketName, named, url) => {
    expect(bucketUrlOnAws(bucketName, { ...LAMBDA, ...named })).toBe(url);
  });
});
