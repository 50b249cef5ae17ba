import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import {
  type Connection,
  connectionTo,
  openSdkClient,
  openTestStore,
  type StoreOptions,
  type TestStore,
} from './open-test-store.ts';

/** Something that speaks DynamoDB's API. */
export interface Engine {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** An engine that runs while tests do. */
export interface TestEngine {
  /** A store on a table of its own. */
  readonly openTable: () => Promise<TestStore>;
  readonly connection: () => Connection;
  /** How its stores are wired. */
  readonly options: StoreOptions;
}

/** Starts an engine around the tests of this file or `describe`. */
export function engineAroundTests(start: () => Promise<Engine>, options: StoreOptions = {}): TestEngine {
  let running: { readonly engine: Engine; readonly connection: Connection; readonly sdk: DynamoDBClient } | undefined;
  beforeAll(async () => {
    const engine = await start();
    const connection = connectionTo(engine.endpoint);
    running = { engine, connection, sdk: openSdkClient(connection) };
  });
  afterAll(async () => {
    running?.sdk.destroy();
    await running?.engine.stop();
  });
  const get = () => {
    if (!running) throw new Error('The engine has not started');
    return running;
  };
  return {
    openTable: async () => openTestStore(get().connection, get().sdk, options),
    connection: () => get().connection,
    options,
  };
}
