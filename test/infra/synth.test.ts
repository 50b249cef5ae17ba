import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENV } from '../../functions/entry/env.ts';
import { httpApiEvent } from '../entry/http-api-event.ts';

const run = promisify(execFile);
const projectFile = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

let folder: string;
let cdkOut: string;
let networkLog: string;

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
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const readJson = (name: string) => JSON.parse(readFileSync(join(cdkOut, name), 'utf8'));

interface LambdaResource {
  readonly Type: string;
  readonly Properties: { readonly Code: { readonly S3Key: string } };
}

function bundleOf(service: string): string {
  const resources: Readonly<Record<string, LambdaResource>> = readJson('Tracklet-main-Api.template.json').Resources;
  const found = Object.entries(resources).find(
    ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith(service),
  );
  const hash = found?.[1].Properties.Code.S3Key.replace('.zip', '');
  return join(cdkOut, `asset.${hash}`, 'index.mjs');
}

describe('cdk synth', () => {
  it('makes the templates of both stacks', () => {
    expect(Object.keys(readJson('manifest.json').artifacts)).toEqual(
      expect.arrayContaining(['Tracklet-main-Data', 'Tracklet-main-Api']),
    );
  });

  it('keeps to the rules of AwsSolutions and of the CDK', () => {
    expect(readJson('validation-report.json').pluginReports).toEqual([]);
  });

  it('asks nothing of the network', () => {
    expect(existsSync(networkLog) ? readFileSync(networkLog, 'utf8') : '').toBe('');
  });
});

describe.each([
  { service: 'TrackingService', maxBytes: 700_000, path: '/health', answer: 'OK' },
  { service: 'ArtifactService', maxBytes: 1_200_000, path: '/health', answer: 'OK' },
])('the bundle of $service', ({ service, maxBytes, path, answer }) => {
  it(`is smaller than ${maxBytes} bytes`, () => {
    expect(statSync(bundleOf(service)).size).toBeLessThan(maxBytes);
  });

  it('carries a map, so that a stack trace names the sources', () => {
    expect(existsSync(`${bundleOf(service)}.map`)).toBe(true);
  });

  it('loads and answers', async () => {
    const { stdout } = await invoke(bundleOf(service), httpApiEvent({ path }));
    const { statusCode, body, isBase64Encoded } = JSON.parse(stdout);
    expect({ statusCode, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString() }).toEqual({
      statusCode: 200,
      body: answer,
    });
  });
});

/** Runs the bundle's handler once, in a process and an environment like Lambda's. */
function invoke(bundle: string, event: object) {
  const script = `
    const { handler } = await import(${JSON.stringify(pathToFileURL(bundle).href)});
    console.log(JSON.stringify(await handler(${JSON.stringify(event)}, { awsRequestId: 'r-1', functionName: 'f' })));`;
  const env = { AWS_REGION: 'us-east-1', ...Object.fromEntries(Object.values(ENV).map((name) => [name, 'x'])) };
  return run(process.execPath, ['--input-type=module', '--eval', script], { env });
}
