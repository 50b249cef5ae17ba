import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { secretsOnAws } from '../../functions/entry/secrets-on-aws.ts';
import { startSecretsManager } from './secrets-manager.ts';

const manager = await startSecretsManager();
afterAll(manager.close);
const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:TokenKey-AbCdEf';
const SECRET = 'the text of the secret';

const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKID',
  AWS_SECRET_ACCESS_KEY: 'k',
  AWS_SESSION_TOKEN: 's',
  AWS_ENDPOINT_URL_SECRETS_MANAGER: manager.url,
};
const read = secretsOnAws(ENVIRONMENT);

/** All that an error says, and those that caused it. */
const wordsOf = (error: unknown): string =>
  error instanceof Error ? `${error.message} ${error.stack} ${wordsOf(error.cause)}` : String(error);
const failure = () =>
  read(ARN).then(
    () => 'none',
    (error: unknown) => wordsOf(error),
  );

beforeEach(() => {
  manager.asked.length = 0;
  manager.troubles.length = 0;
  manager.secrets.set(ARN, SECRET);
});

describe('a secret', () => {
  test('is asked for by its ARN, signed for its service and region', async () => {
    expect(await read(ARN)).toBe(SECRET);
    expect(manager.asked).toEqual([
      {
        target: 'secretsmanager.GetSecretValue',
        contentType: 'application/x-amz-json-1.1',
        authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/secretsmanager\//),
        body: { SecretId: ARN },
      },
    ]);
  });

  test('is asked for again when that may help', async () => {
    manager.troubles.push([500, ''], [429, '{}']);
    expect(await read(ARN)).toBe(SECRET);
    expect(manager.asked).toHaveLength(3);
    manager.troubles.push([503, ''], [503, ''], [503, '']);
    expect(await failure()).toContain('Secrets Manager answered 503');
  });

  test('is asked for once when it is refused', async () => {
    manager.secrets.delete(ARN);
    expect(await failure()).toContain(`the secret ${ARN} cannot be read`);
    expect(manager.asked).toHaveLength(1);
  });

  test('is in no error, whatever the answer looks like', async () => {
    for (const body of [SECRET, `{"SecretString":"${SECRET}`, `{"SecretBinary":"${SECRET}"}`, `["${SECRET}"]`, '']) {
      manager.troubles.push([200, body]);
      const words = await failure();
      expect(words).toContain('answered no text');
      expect(words).not.toContain(SECRET.slice(0, 8));
    }
  });

  test('is asked for in vain where nobody listens', async () => {
    const nowhere = secretsOnAws({ ...ENVIRONMENT, AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://127.0.0.1:1' });
    await expect(nowhere(ARN)).rejects.toThrow('cannot be read');
  });
});
