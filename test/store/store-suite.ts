import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { connectionTo, openTestStore, type TestStore } from './open-test-store.ts';
import { describeCapacity } from './suite/capacity.ts';
import { describeDatasets } from './suite/datasets.ts';
import { describeExperimentNames } from './suite/experiment-names.ts';
import { describeExperiments } from './suite/experiments.ts';
import { describeLargeDocuments } from './suite/large-documents.ts';
import { describeLatestMetrics } from './suite/latest-metrics.ts';
import { describeLoggedModels } from './suite/logged-models.ts';
import { describeMetricHistory } from './suite/metric-history.ts';
import { describeRuns } from './suite/runs.ts';
import { describeSecrets } from './suite/secrets.ts';
import { describeStages } from './suite/stages.ts';

/** Something that speaks DynamoDB's API. */
export interface Engine {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Gives a store on a table of its own. */
export type OpenStore = () => Promise<TestStore>;

/** Starts an engine around the tests of this file or `describe`, and opens stores on it. */
export function storesOn(start: () => Promise<Engine>): OpenStore {
  let engine: Engine | undefined;
  let client: DynamoDBClient | undefined;
  beforeAll(async () => {
    engine = await start();
    client = new DynamoDBClient(connectionTo(engine.endpoint));
  });
  afterAll(async () => {
    client?.destroy();
    await engine?.stop();
  });
  return () => {
    if (!client) throw new Error('The engine has not started');
    return openTestStore(client);
  };
}

/** All that the Store door promises, as tests over the engine that `start` starts; to be called in a `describe`. */
export function describeStore(start: () => Promise<Engine>): void {
  const open = storesOn(start);
  describeExperiments(open);
  describeExperimentNames(open);
  describeRuns(open);
  describeStages(open);
  describeLatestMetrics(open);
  describeMetricHistory(open);
  describeDatasets(open);
  describeLoggedModels(open);
  describeLargeDocuments(open);
  describeSecrets(open);
  describeCapacity(open);
}
