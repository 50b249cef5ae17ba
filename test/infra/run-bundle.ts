import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { S3Client } from '@aws-sdk/client-s3';
import { ENV, NODE_ENVIRONMENT, REQUEST_ENV } from '../../functions/entry/env.ts';
import type { EmbeddedStores } from '../../local/stores.ts';
import { type EventParts, httpApiEvent } from '../entry/http-api-event.ts';

const run = promisify(execFile);

/** Runs a bundle's handler once, in a process and an environment like Lambda's; gives its answer and what it logged. */
export async function sendTo(bundle: string, event: object, env: NodeJS.ProcessEnv) {
  const script = `
    const { handler } = await import(${JSON.stringify(pathToFileURL(bundle).href)});
    const context = { awsRequestId: 'r-1', functionName: 'f', getRemainingTimeInMillis: () => 900_000 };
    const answer = await handler(${JSON.stringify(event)}, context);
    console.log(JSON.stringify(answer ?? null));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { env });
  const lines = stdout.trimEnd().split('\n');
  const answer = JSON.parse(lines.pop() ?? '');
  return { answer, log: lines.map((line) => JSON.parse(line)) };
}

/** Sends a request to a bundle. */
export async function requestTo(bundle: string, parts: EventParts, env: NodeJS.ProcessEnv) {
  const { answer, log } = await sendTo(bundle, httpApiEvent(parts), env);
  const { statusCode, headers, cookies = [], body, isBase64Encoded } = answer;
  const text = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString();
  return { statusCode, headers, cookies, body: text, log };
}

/** The environment of a function on the embedded stores. */
export async function environmentOn({ connections, tableName, bucketName }: EmbeddedStores) {
  const { accessKeyId, secretAccessKey } = await new S3Client(connections.s3).config.credentials();
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
