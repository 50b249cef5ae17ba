import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { placeOf } from '../../functions/api/guard/guard.ts';
import {
  artifactOperations,
  callerOperations,
  identityOperations,
  registryOperations,
  serviceOperations,
  trackingOperations,
} from '../../functions/api/index.ts';
import type { Operation } from '../../functions/api/operation.ts';
import { ENV, IDENTITY_ENV, REQUEST_ENV, USERS_ENV } from '../../functions/entry/env.ts';
import type { LambdaHandler } from '../../functions/entry/start-lambda.ts';
import { type EmbeddedStores, startStores } from '../../local/stores.ts';
import { casesOf } from '../api/guard/matrix.ts';
import { startCloudFormation } from '../site/cloudformation.ts';
import { basic, bearer } from '../support/guarded-app.ts';
import { queryString } from '../support/test-app.ts';
import { httpApiEvent } from './http-api-event.ts';
import { startSecretsManager } from './secrets-manager.ts';

const PASSWORD = 'canary-password-of-the-deployment';
const [PASSWORD_ARN, KEY_ARN] = ['arn:admin-password', 'arn:token-key'];
const REDACTED = 'AKIAIOSFODNN7EXAMPLE';

/** The functions of a deployment, in this process, over embedded stores. */
const NAMES = ['tracking', 'artifacts', 'registry', 'identity'] as const;
type Name = (typeof NAMES)[number];
const OPERATIONS: Readonly<Record<Name, readonly Operation[]>> = {
  tracking: [...serviceOperations, ...callerOperations, ...trackingOperations],
  artifacts: artifactOperations,
  registry: registryOperations,
  identity: identityOperations,
};
const handlers = new Map<Name, LambdaHandler>();
const lines: string[] = [];
let stores: EmbeddedStores;
const manager = await startSecretsManager();
const cloudFormation = await startCloudFormation();

const context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'f',
  functionVersion: '1',
  invokedFunctionArn: 'arn:f',
  memoryLimitInMB: '1769',
  awsRequestId: 'r-1',
  logGroupName: 'g',
  logStreamName: 's',
  getRemainingTimeInMillis: () => 29_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

beforeAll(async () => {
  stores = await startStores({ dataDir: undefined, engine: undefined, log: () => undefined });
  const { connections, tableName, bucketName } = stores;
  // The embedded S3 checks signatures, DynamoDB takes any.
  const { accessKeyId, secretAccessKey } = await new S3Client(connections.s3).config.credentials();
  const environment = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: connections.dynamodb.endpoint,
    AWS_ENDPOINT_URL_S3: String(connections.s3.endpoint),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: manager.url,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769',
    // The logger then writes to the global console, where a test can listen.
    POWERTOOLS_DEV: 'true',
    [ENV.tableName]: tableName,
    [ENV.bucketName]: bucketName,
    [ENV.artifactRoot]: 'mlflow-artifacts:/',
    [ENV.costReport]: 'none',
    [REQUEST_ENV.auth]: 'users',
    [REQUEST_ENV.redaction]: 'mask',
    [REQUEST_ENV.redactionPatterns]: '{}',
    [USERS_ENV.defaultPermission]: 'NO_PERMISSIONS',
    [USERS_ENV.tokenKeySecret]: KEY_ARN,
    [IDENTITY_ENV.adminSecret]: PASSWORD_ARN,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  for (const method of ['error', 'warn', 'info', 'debug', 'log'] as const) {
    vi.spyOn(console, method).mockImplementation((...told: readonly unknown[]) => {
      lines.push(told.map(String).join(' '));
    });
  }
  manager.secrets.set(PASSWORD_ARN, PASSWORD).set(KEY_ARN, 'canary-key-that-signs');
  handlers.set('tracking', (await import('../../functions/entry/tracking.lambda.ts')).handler);
  handlers.set('artifacts', (await import('../../functions/entry/artifacts.lambda.ts')).handler);
  handlers.set('registry', (await import('../../functions/entry/registry.lambda.ts')).handler);
  handlers.set('identity', (await import('../../functions/entry/identity.lambda.ts')).handler);
});

afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await Promise.all([stores.stop(), manager.close(), cloudFormation.close()]);
});

interface Call {
  readonly method?: string;
  readonly path: string;
  readonly query?: string;
  readonly body?: unknown;
  readonly authorization?: string;
}

/** Sends a request to a function. */
async function call(name: Name, { method = 'GET', path, query = '', body, authorization }: Call) {
  const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
  const event = { method, path, query, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const answer = await handlers.get(name)?.(httpApiEvent(event), context);
  const text = Buffer.from(answer?.body ?? '', answer?.isBase64Encoded ? 'base64' : 'utf8').toString();
  return { status: answer?.statusCode, text };
}

const admin = basic('admin', PASSWORD);
const post = (name: Name, path: string, body: unknown, authorization = admin) =>
  call(name, { method: 'POST', path, body, authorization });

async function deploy(): Promise<unknown> {
  const { handler } = await import('../../functions/entry/identity-upkeep.lambda.ts');
  const event = {
    ResponseURL: cloudFormation.url,
    RequestType: 'Create',
    StackId: 's',
    RequestId: 'r',
    LogicalResourceId: 'Users',
    ResourceType: 'Custom::Users',
    ServiceToken: 'f',
    ResourceProperties: { ServiceToken: 'f' },
  } as const;
  await handler(event, context);
  return cloudFormation.answers.at(-1)?.body;
}

describe('a deployment with users', () => {
  test('starts without asking for a secret, and tells whether it is well before anybody signs in', async () => {
    for (const name of NAMES) {
      expect(await call(name, { path: '/health' })).toMatchObject({ status: 200, text: 'OK' });
    }
    expect(manager.asked).toEqual([]);
  });

  test('lets nobody in without credentials', async () => {
    const paths = { tracking: 'experiments/search', artifacts: 'artifacts/list', registry: 'model-versions/search' };
    for (const [name, path] of Object.entries({ ...paths, identity: 'users/list' })) {
      const found = await call(NAMES.find((one) => one === name) ?? 'tracking', { path: `/api/2.0/mlflow/${path}` });
      expect(found.status, name).toBe(401);
    }
  });

  test('has its first admin once it is deployed', async () => {
    expect(await deploy()).toMatchObject({ Status: 'SUCCESS' });
    const answer = await call('tracking', { path: '/api/2.0/tracklet/whoami', authorization: admin });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({ username: 'admin', is_admin: true });
  }, 20_000);

  test('takes in each function the token that one of them made, until it is revoked', async () => {
    const made = JSON.parse((await post('identity', '/api/2.0/tracklet/tokens', { name: 'ci', role: 'EDIT' })).text);
    const authorization = bearer(made.token);
    const search = { path: '/api/2.0/mlflow/experiments/search', query: 'max_results=1', authorization };
    const models = { path: '/api/2.0/mlflow/registered-models/search', authorization };
    expect([(await call('tracking', search)).status, (await call('registry', models)).status]).toEqual([200, 200]);
    const token_id = made.token_info.token_id;
    const path = '/api/2.0/tracklet/tokens';
    await call('identity', { method: 'DELETE', path, body: { token_id }, authorization: admin });
    expect([(await call('tracking', search)).status, (await call('registry', models)).status]).toEqual([401, 401]);
  });

  test('keeps users from what was not granted to them', async () => {
    const user = { username: 'ann', password: 'canary-password-of-ann' };
    expect((await post('identity', '/api/2.0/mlflow/users/create', user)).status).toBe(200);
    const experiment = { path: '/api/2.0/mlflow/experiments/get', query: 'experiment_id=0' };
    expect((await call('tracking', { ...experiment, authorization: admin })).status).toBe(200);
    const asAnn = { ...experiment, authorization: basic('ann', user.password) };
    expect((await call('tracking', asAnn)).status).toBe(403);
    const grant = { username: 'ann', resource_type: 'experiment', resource_id: '0', permission: 'READ' };
    expect((await post('identity', '/api/3.0/mlflow/users/permissions/grant', grant)).status).toBe(200);
    await vi.waitFor(async () => expect((await call('tracking', asAnn)).status).toBe(200), { timeout: 8000 });
  }, 20_000);

  test('masks secrets, and logs that it did', async () => {
    const made = await post('tracking', '/api/2.0/mlflow/runs/create', { experiment_id: '0' });
    const { run_id } = JSON.parse(made.text).run.info;
    const param = { run_id, key: 'aws_key', value: REDACTED };
    expect((await post('tracking', '/api/2.0/mlflow/runs/log-parameter', param)).status).toBe(200);
    const run = await call('tracking', {
      path: '/api/2.0/mlflow/runs/get',
      query: `run_id=${run_id}`,
      authorization: admin,
    });
    expect(run.text).not.toContain(REDACTED);
    expect(lines.filter((line) => line.includes('"redaction"'))).toHaveLength(1);
  });
});

describe('a function has what its operations ask for', () => {
  const subjects = async () => {
    const experiment = await post('tracking', '/api/2.0/mlflow/experiments/create', { name: `of ${Math.random()}` });
    const experimentId = String(JSON.parse(experiment.text).experiment_id);
    const run = await post('tracking', '/api/2.0/mlflow/runs/create', { experiment_id: experimentId });
    const model = await post('tracking', '/api/2.0/mlflow/logged-models', { experiment_id: experimentId });
    await post('registry', '/api/2.0/mlflow/registered-models/create', { name: 'm' });
    await post('registry', '/api/2.0/mlflow/model-versions/create', { name: 'm', source: 's3://b/m' });
    const asked = { name: 'm', version: '1', alias: `of-${experimentId}` };
    const request = await post('registry', '/api/2.0/tracklet/promotions/requests', asked);
    return {
      experimentId,
      experimentName: 'none',
      runId: String(JSON.parse(run.text).run.info.run_id),
      modelId: String(JSON.parse(model.text).model.info.model_id),
      requestId: String(JSON.parse(request.text).request.request_id),
    };
  };

  test.each(NAMES)('of the %s function', async (name) => {
    const places = new Set(OPERATIONS[name].map(placeOf));
    const cases = Object.entries(casesOf(await subjects())).filter(([place]) => places.has(place));
    expect(cases.length).toBe(places.size);
    lines.length = 0;
    for (const [place, { call: url, fields }] of cases) {
      const method = place.slice(0, place.indexOf(' '));
      const [path = '', given = ''] = url.split('?');
      const query = method === 'GET' ? queryString({ ...fields } as Record<string, string>).slice(1) : given;
      const body = method === 'GET' ? undefined : fields;
      const { status } = await call(name, { method, path, query, body, authorization: admin });
      // 501: what the artifact repository does not do.
      expect(status === 501 || Number(status) < 500, `${place} answered ${status}: ${lines.join('\n')}`).toBe(true);
    }
    expect(lines.filter((line) => line.includes('was started without'))).toEqual([]);
  });
});

test('no log line holds what somebody signs in with, or what was masked', () => {
  for (const secret of [PASSWORD, 'canary-', REDACTED, admin.slice('Basic '.length), 'tracklet_']) {
    expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  }
});
