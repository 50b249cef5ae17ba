import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENV, NODE_ENVIRONMENT, REQUEST_ENV } from '../../functions/entry/env.ts';
import { runDocumentKey, runIdFor } from '../../functions/store/dynamo/keys.ts';
import { keyItem } from '../../functions/store/dynamo/table.ts';
import { type EmbeddedStores, startStores } from '../../local/stores.ts';
import { type EventParts, httpApiEvent } from '../entry/http-api-event.ts';
import { type FakeCloudFormation, siteEvent, startCloudFormation } from '../site/cloudformation.ts';
import { bundleFunction } from '../support/bundle-function.ts';
import { streamRecord } from '../support/stream-records.ts';

const run = promisify(execFile);
const projectFile = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

let folder: string;
let cdkOut: string;
let usersOut: string;
let networkLog: string;
let stores: EmbeddedStores;
let lambdaEnvironment: NodeJS.ProcessEnv;

/** The environment of a machine that knows nothing of AWS, and on which every way out is shut and noted. */
function offlineEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK|NODE_OPTIONS|VITEST)/.test(name));
  return {
    ...Object.fromEntries(own),
    HOME: folder,
    NODE_OPTIONS: `--require=${projectFile('test/infra/forbid-network.cjs')}`,
    NETWORK_LOG: networkLog,
  };
}

// Bundled once; all tests of this file look at the same output.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracklet-synth-'));
  cdkOut = join(folder, 'cdk.out');
  networkLog = join(folder, 'network.log');
  const cdk = projectFile('node_modules/aws-cdk/bin/cdk');
  const options = { cwd: projectFile(''), env: offlineEnvironment() };
  await run(process.execPath, [cdk, 'synth', '-q', '--output', cdkOut], options);
  // The same stack with users, in a folder of its own, so that its functions are bundled as well.
  usersOut = join(folder, 'users.out');
  const users = ['Tracklet-main-Api', '-c', 'tracklet:auth=users'];
  await run(process.execPath, [cdk, 'synth', '-q', '--output', usersOut, ...users], options);
  stores = await startStores({ dataDir: undefined, engine: undefined, log: () => {} });
  lambdaEnvironment = await environmentOn(stores);
}, 180_000);

afterAll(async () => {
  await stores.stop();
  await rm(folder, { recursive: true, force: true });
});

const readJson = (name: string, out = cdkOut) => JSON.parse(readFileSync(join(out, name), 'utf8'));

interface LambdaResource {
  readonly Type: string;
  readonly Properties: { readonly Code: { readonly S3Key: string } };
}

function bundleOf(service: string): string {
  const isOfUsers = service.startsWith('Identity');
  const [out, stacks] = isOfUsers ? [usersOut, ['Api']] : [cdkOut, ['Api', 'Upkeep', 'Web']];
  const resources: Readonly<Record<string, LambdaResource>> = Object.assign(
    {},
    ...stacks.map((stack) => readJson(`Tracklet-main-${stack}.template.json`, out).Resources),
  );
  const found = Object.entries(resources).find(
    ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith(service),
  );
  const hash = found?.[1].Properties.Code.S3Key.replace('.zip', '');
  return join(out, `asset.${hash}`, 'index.mjs');
}

describe('cdk synth', () => {
  it('makes the templates of all stacks', () => {
    expect(Object.keys(readJson('manifest.json').artifacts)).toEqual(
      expect.arrayContaining(['Data', 'Api', 'Upkeep', 'Web'].map((stack) => `Tracklet-main-${stack}`)),
    );
  });

  it('keeps to the rules of AwsSolutions and of the CDK', () => {
    expect(readJson('validation-report.json').pluginReports).toEqual([]);
    expect(readJson('validation-report.json', usersOut).pluginReports).toEqual([]);
  });

  it('asks nothing of the network', () => {
    expect(existsSync(networkLog) ? readFileSync(networkLog, 'utf8') : '').toBe('');
  });
});

describe.each([
  { service: 'TrackingService', entry: 'tracking.lambda.ts', maxBytes: 700_000 },
  { service: 'ArtifactService', entry: 'artifacts.lambda.ts', maxBytes: 1_200_000 },
  // It reads files for the signatures that gates may want.
  { service: 'RegistryService', entry: 'registry.lambda.ts', maxBytes: 800_000 },
  { service: 'IdentityService', entry: 'identity.lambda.ts', maxBytes: 650_000 },
  { service: 'IdentityUpkeep', entry: 'identity-upkeep.lambda.ts', maxBytes: 450_000 },
  { service: 'WriteNoter', entry: 'note-writes.lambda.ts', maxBytes: 60_000 },
  { service: 'Upkeep', entry: 'upkeep.lambda.ts', maxBytes: 700_000 },
  { service: 'Deliverer', entry: 'deliver.lambda.ts', maxBytes: 250_000 },
  { service: 'SitePublisher', entry: 'publish-site.lambda.ts', maxBytes: 400_000 },
])('the bundle of $service', ({ service, entry, maxBytes }) => {
  it(`is smaller than ${maxBytes} bytes`, () => {
    expect(statSync(bundleOf(service)).size).toBeLessThan(maxBytes);
  });

  it('is the one that other tests look at', async () => {
    const { file } = await bundleFunction(entry, join(folder, 'bundles'));
    expect(readFileSync(file).equals(readFileSync(bundleOf(service)))).toBe(true);
  });

  it('carries a map, so that a stack trace names the sources', () => {
    expect(existsSync(`${bundleOf(service)}.map`)).toBe(true);
  });
});

describe('the bundles', () => {
  it.each(['TrackingService', 'ArtifactService', 'RegistryService', 'IdentityService'])(
    'load and answer: %s',
    async (service) => {
      expect(await invoke(service, { path: '/health' })).toMatchObject({ statusCode: 200, body: 'OK' });
    },
  );

  it('find the table with the credentials that Lambda gives', async () => {
    const event = { path: '/api/2.0/mlflow/experiments/get', query: 'experiment_id=0' };
    const { statusCode, body } = await invoke('TrackingService', event);
    expect([statusCode, JSON.parse(body).experiment.name]).toEqual([200, 'Default']);
  });

  it('find the bucket with the credentials that Lambda gives', async () => {
    const path = '/api/2.0/mlflow-artifacts/artifacts/0/run/artifacts/notes.txt';
    expect((await invoke('ArtifactService', { method: 'PUT', path, body: 'kept' })).statusCode).toBe(200);
    const { statusCode, headers } = await invoke('ArtifactService', { path });
    expect(statusCode).toBe(302);
    expect(await (await fetch(headers.location)).text()).toBe('kept');
  });
});

describe('the upkeep', () => {
  it('notes what the stream tells of, and tells what that cost', async () => {
    const runId = runIdFor('0', '00112233445566778899');
    const after = keyItem(runDocumentKey({ experimentId: '0', shard: 0 }, runId));
    const { answer, log } = await send('WriteNoter', { Records: [streamRecord({ after, at: 1_000 })] });
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(log).toMatchObject([{ service: 'note-writes', operation: 'note writes', WriteUnits: 1 }]);
  });

  it('does the task that its schedule names', async () => {
    const { log } = await send('Upkeep', { task: 'tidy' });
    expect(log).toMatchObject([
      { service: 'upkeep', operation: 'list work', ReadUnits: 9 },
      { service: 'upkeep', operation: 'tidy', WriteUnits: 2 },
    ]);
    expect((await send('Upkeep', { task: 'tidy' })).log).toMatchObject([{ operation: 'list work' }]);
  });
});

describe('the deliverer', () => {
  it('does without the bucket', async () => {
    expect((await send('Deliverer', {})).answer).toBeNull();
  });
});

describe('the publisher of the site', () => {
  let cloudFormation: FakeCloudFormation;
  beforeAll(async () => {
    cloudFormation = await startCloudFormation();
  });
  afterAll(() => cloudFormation.close());

  const deploy = async (requestType: 'Create' | 'Update' | 'Delete', bucketName: string) => {
    await send('SitePublisher', siteEvent(requestType, cloudFormation.url, bucketName));
    return cloudFormation.answers.pop()?.body;
  };
  const page = async (): Promise<string | undefined> => {
    const found = await openS3().send(new GetObjectCommand({ Bucket: stores.bucketName, Key: 'index.html' }));
    return found.Body?.transformToString();
  };

  it('writes the files that lie beside it', async () => {
    expect(await deploy('Create', stores.bucketName)).toMatchObject({ Status: 'SUCCESS' });
    expect(await page()).toContain('<title>Tracklet</title>');
  });

  it('tells a deployment what failed', async () => {
    const answer = await deploy('Update', 'no-such-bucket');
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('NoSuchBucket') });
  });

  it('empties the bucket when it goes', async () => {
    expect(await deploy('Delete', stores.bucketName)).toMatchObject({ Status: 'SUCCESS' });
    await expect(page()).rejects.toThrow('key does not exist');
  });
});

describe('the cost of a request', () => {
  it('is told in the header and in a log line that CloudWatch makes metrics of', async () => {
    const event = { path: '/api/2.0/mlflow/experiments/get', query: 'experiment_id=0' };
    const { headers, log } = await invoke('TrackingService', event);
    expect(headers['x-tracklet-cost']).toMatch(/^wru=\d+; rru=\d+; s3-get=0; /);
    expect(log).toHaveLength(1);
    expect(log[0]).toMatchObject({
      level: 'INFO',
      service: 'tracking',
      function_name: 'f',
      operation: 'GET /api/2.0/mlflow/experiments/get',
      ReadUnits: expect.any(Number),
      _aws: { CloudWatchMetrics: [{ Namespace: 'Tracklet', Dimensions: [['service', 'function_name']] }] },
    });
  });

  it('is no line when there is none', async () => {
    expect((await invoke('TrackingService', { path: '/health' })).log).toEqual([]);
  });
});

/** Sends a request to a bundle. */
async function invoke(service: string, parts: EventParts) {
  const { answer, log } = await send(service, httpApiEvent(parts));
  const { statusCode, headers, body, isBase64Encoded } = answer;
  return { statusCode, headers, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString(), log };
}

/** Runs the bundle's handler once, in a process and an environment like Lambda's, on the embedded stores. */
async function send(service: string, event: object) {
  const script = `
    const { handler } = await import(${JSON.stringify(pathToFileURL(bundleOf(service)).href)});
    const context = { awsRequestId: 'r-1', functionName: 'f', getRemainingTimeInMillis: () => 900_000 };
    const answer = await handler(${JSON.stringify(event)}, context);
    console.log(JSON.stringify(answer ?? null));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { env: lambdaEnvironment });
  const lines = stdout.trimEnd().split('\n');
  const answer = JSON.parse(lines.pop() ?? '');
  return { answer, log: lines.map((line) => JSON.parse(line)) };
}

const openS3 = () => new S3Client(stores.connections.s3);

async function environmentOn({ connections, tableName, bucketName }: EmbeddedStores) {
  const { accessKeyId, secretAccessKey } = await openS3().config.credentials();
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: String(connections.dynamodb.endpoint),
    AWS_ENDPOINT_URL_S3: String(connections.s3.endpoint),
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769',
    [ENV.tableName]: tableName,
    [ENV.bucketName]: bucketName,
    [ENV.artifactRoot]: 'mlflow-artifacts:/',
    [ENV.costReport]: 'both',
    [REQUEST_ENV.auth]: 'iam',
    [REQUEST_ENV.redaction]: 'off',
    [REQUEST_ENV.redactionPatterns]: '{}',
    ...NODE_ENVIRONMENT,
  };
}
