import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { Services } from '../api/operation.ts';
import { createS3ArtifactStore } from '../artifacts/s3-artifact-store.ts';
import { createPageTokens } from '../domain/page-token.ts';
import { appendToUriPath } from '../domain/uri.ts';
import { hmacSha256, newSortableId, now, random, randomHex, sleep } from '../platform/system.ts';
import { createDynamoClient, type DynamoClientProps } from '../store/dynamo/client/create-dynamo-client.ts';
import { createDynamoStore } from '../store/dynamo/index.ts';
import type { FunctionEnvironment } from './env.ts';

/** Where the clients connect: AWS on Lambda, the embedded stores on a laptop. */
export interface Connections {
  readonly dynamodb: DynamoConnection;
  readonly s3: S3ClientConfig;
  /** Whether no other process writes to these stores. */
  readonly isOnlyWriter: boolean;
}

/** An endpoint of DynamoDB's API, what requests to it are signed with, and how they are sent if not as usual. */
export type DynamoConnection = Pick<DynamoClientProps, 'endpoint' | 'region' | 'credentials' | 'post' | 'sign'>;

const DEFAULT_EXPERIMENT_NAME = 'Default';
/** Beyond the SDK's default of 3: throttling and passing errors are carried over by the SDK's own jittered backoff. */
const MAX_ATTEMPTS = 8;

/** Wires the services of all operations: clients are made once per process. */
export function createServices(environment: FunctionEnvironment, connections: Connections): Services {
  const { tableName, bucketName, artifactRoot } = environment;
  const dynamodb = createDynamoClient({ ...connections.dynamodb, clock: now, sleep, random, randomHex });
  const s3 = new S3Client({
    maxAttempts: MAX_ATTEMPTS,
    // With a stream the SDK would wrap the body in chunks to add a checksum at its end.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    ...connections.s3,
  });
  const locationOf = (experimentId: string) => appendToUriPath(artifactRoot, experimentId);
  const defaultExperiment = { name: DEFAULT_EXPERIMENT_NAME, locationOf, tags: new Map<string, string>(), now: now() };
  const platform = { sleep, random, randomHex, newSortableId };
  const store = createDynamoStore({
    client: dynamodb,
    tableName,
    ...platform,
    defaultExperiment,
    isOnlyWriter: connections.isOnlyWriter,
  });
  const pageSecret = once(() => store.getSecret('page-token'));
  return {
    store,
    artifacts: createS3ArtifactStore(s3, bucketName),
    tokens: createPageTokens(async (text) => hmacSha256(await pageSecret(), text)),
    clock: now,
    random,
    artifactRoot,
  };
}

/** Asks once and keeps the answer; a failure is asked again. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask().catch((error: unknown) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}
