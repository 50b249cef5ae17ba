import { CfnOutput, type RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ENV } from '../../functions/entry/env.ts';
import type { Config } from '../config.ts';
import type { ArtifactBucket } from '../constructs/artifact-bucket.ts';
import { HttpApi } from '../constructs/http-api.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import type { TrackingTable } from '../constructs/tracking-table.ts';

export interface ApiStackProps extends StackProps {
  readonly table: TrackingTable;
  readonly artifacts: ArtifactBucket;
  readonly artifactAccess: Config['artifactAccess'];
  readonly costReport: Config['costReport'];
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

const PREFIXES = ['/api/2.0', '/ajax-api/2.0'];

/**
 * Where the artifact operations live; what is nobody's is the tracking function's. An API takes 300 routes, so these are
 * few and greedy, and a test holds them against the list of operations.
 */
const ARTIFACT_ROUTES = [
  '/get-artifact',
  '/artifacts/{proxy+}',
  '/model-versions/get-artifact',
  '/ajax-api/2.0/mlflow/upload-artifact',
  ...PREFIXES.flatMap((prefix) => [
    `${prefix}/mlflow/artifacts/{proxy+}`,
    `${prefix}/mlflow/logged-models/{model_id}/artifacts/{proxy+}`,
    `${prefix}/mlflow-artifacts/{proxy+}`,
    `${prefix}/tracklet/gc`,
    `${prefix}/tracklet/lineage`,
    `${prefix}/tracklet/runs/{proxy+}`,
    `${prefix}/tracklet/views`,
    `${prefix}/tracklet/views/{proxy+}`,
  ]),
];

/** Where the operations of the model registry live, and those of its webhooks. */
const REGISTRY_ROUTES = PREFIXES.flatMap((prefix) => [
  `${prefix}/mlflow/registered-models/{proxy+}`,
  `${prefix}/mlflow/model-versions/{proxy+}`,
  `${prefix}/mlflow/webhooks`,
  `${prefix}/mlflow/webhooks/{proxy+}`,
  `${prefix}/tracklet/webhooks/{proxy+}`,
]);

/** What runs behind the URL and the URL itself; keeps nothing. */
export class ApiStack extends Stack {
  /** The API's own address. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    const { table, artifacts: bucket, artifactAccess, costReport, logRetention, removalPolicy } = props;
    const kept = { logRetention, removalPolicy };

    const tracking = new ServiceFunction(this, 'TrackingService', {
      entry: 'tracking.lambda.ts',
      description: 'Tracklet: experiments, runs, metrics and logged models',
      // A whole processor, and room for the columns of a million archived runs.
      memoryMb: 1769,
      ...kept,
    });
    table.grantReadWrite(tracking);
    bucket.grantReadSegments(tracking);

    const artifacts = new ServiceFunction(this, 'ArtifactService', {
      entry: 'artifacts.lambda.ts',
      description: 'Tracklet: files of runs and logged models',
      ...kept,
    });
    // Garbage collection removes runs, their files and their rows in segments.
    table.grantReadWrite(artifacts);
    bucket.grantCollect(artifacts);
    bucket.grantReadWriteSegments(artifacts);

    const registry = new ServiceFunction(this, 'RegistryService', {
      entry: 'registry.lambda.ts',
      description: 'Tracklet: registered models, their versions and prompts',
      // A whole processor: a search reads all versions, 20,000 and more.
      memoryMb: 1769,
      ...kept,
    });
    table.grantReadWrite(registry);
    bucket.tellName(registry);

    for (const service of [tracking, artifacts, registry]) {
      service.addEnvironment(ENV.artifactRoot, bucket.rootFor(artifactAccess));
      service.addEnvironment(ENV.costReport, costReport);
    }

    const api = new HttpApi(this, 'HttpApi', {
      description: 'Tracklet: MLflow tracking',
      defaultService: tracking,
      ...kept,
    });
    api.route(ARTIFACT_ROUTES, artifacts);
    api.route(REGISTRY_ROUTES, registry);
    api.open(['/health', '/version'], tracking, 'Probes have no credentials; the answer is a constant.');

    this.url = api.url;
    new CfnOutput(this, 'ApiUrl', { value: api.url });
    new CfnOutput(this, 'InvokeArn', { value: api.invokeArn });
  }
}
