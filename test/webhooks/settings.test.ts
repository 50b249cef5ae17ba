import { expect, test } from 'vitest';
import { readWebhookSettings, WEBHOOK_DEFAULTS } from '../../functions/webhooks/settings.ts';

test('are MLflow’s where nothing is said', () => {
  expect(readWebhookSettings({})).toEqual(WEBHOOK_DEFAULTS);
  expect(WEBHOOK_DEFAULTS).toMatchObject({ allowedSchemes: ['https'], allowsPrivateIps: false, maxRetries: 3 });
});

test('are read from MLflow’s own variables', () => {
  const env = {
    MLFLOW_WEBHOOK_ALLOWED_SCHEMES: 'http, https',
    MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS: 'True',
    MLFLOW_WEBHOOK_REQUEST_MAX_RETRIES: '0',
    MLFLOW_WEBHOOK_REQUEST_TIMEOUT: '5',
    MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY: 'key',
  };
  expect(readWebhookSettings(env)).toEqual({
    allowedSchemes: ['http', 'https'],
    allowsPrivateIps: true,
    maxRetries: 0,
    timeoutMs: 5000,
    encryptionKey: 'key',
  });
});

test.each([
  [
    { MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS: 'yes' },
    'MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS is yes, not one of true, false, 1, 0',
  ],
  [{ MLFLOW_WEBHOOK_REQUEST_TIMEOUT: '-1' }, 'MLFLOW_WEBHOOK_REQUEST_TIMEOUT is -1, not a whole number'],
])('%j is refused', (env, message) => {
  expect(() => readWebhookSettings(env)).toThrow(message);
});
