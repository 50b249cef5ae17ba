import { CfnOutput, type RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { ENV, REQUEST_ENV, USERS_ENV } from '../../functions/entry/env.ts';
import type { Config } from '../config.ts';
import type { ArtifactBucket } from '../constructs/artifact-bucket.ts';
import type { EdgeKeys } from '../constructs/edge-keys.ts';
import { tellOfEvents } from '../constructs/event-bus.ts';
import { HttpApi } from '../constructs/http-api.ts';
import { IdentitySecrets } from '../constructs/identity-secrets.ts';
import { IdentityUpkeep } from '../constructs/identity-upkeep.ts';
import { ServiceFunction } from '../constructs/service-function.ts';
import type { TrackingTable } from '../constructs/tracking-table.ts';

export interface ApiStackProps
  extends StackProps,
    Pick<Config, 'auth' | 'defaultPermission' | 'redaction' | 'redactionPatterns'> {
  readonly table: TrackingTable;
  readonly artifacts: ArtifactBucket;
  /** What the edge knows. @default there is no edge */
  readonly keys: EdgeKeys | undefined;
  readonly artifactAccess: Config['artifactAccess'];
  readonly costReport: Config['costReport'];
  readonly events: Config['events'];
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

/** Where the operations of the model registry live, and those of its webhooks and promotions. */
const REGISTRY_ROUTES = PREFIXES.flatMap((prefix) => [
  `${prefix}/mlflow/registered-models/{proxy+}`,
  `${prefix}/mlflow/model-versions/{proxy+}`,
  `${prefix}/mlflow/webhooks`,
  `${prefix}/mlflow/webhooks/{proxy+}`,
  `${prefix}/tracklet/webhooks/{proxy+}`,
  `${prefix}/tracklet/promotions/{proxy+}`,
]);

/** Where users, permissions, roles, tokens and the audit live, of a deployment that has users. */
const IDENTITY_ROUTES = ['/api', '/ajax-api'].flatMap((prefix) => [
  `${prefix}/2.0/mlflow/users/{proxy+}`,
  `${prefix}/3.0/mlflow/users/{proxy+}`,
  `${prefix}/3.0/mlflow/roles/{proxy+}`,
  `${prefix}/2.0/mlflow/experiments/permissions/{proxy+}`,
  `${prefix}/2.0/mlflow/registered-models/permissions/{proxy+}`,
  `${prefix}/2.0/tracklet/tokens`,
  `${prefix}/2.0/tracklet/session`,
  `${prefix}/2.0/tracklet/oidc/{proxy+}`,
  `${prefix}/2.0/tracklet/audit`,
]);

/** What runs behind the URL and the URL itself; keeps nothing but, for users, what signs their tokens. */
export class ApiStack extends Stack {
  /** The API's own address. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    const { table, artifacts: bucket, artifactAccess, costReport, events, logRetention, removalPolicy } = props;
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
    bucket.grantReadWrite(artifacts);
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
    // A gate may want a version's signature, which stands among its files.
    bucket.grantRead(registry);
    tellOfEvents(registry, events);

    const services = [tracking, artifacts, registry];
    const identity = props.auth === 'users' ? this.#addUsers(props, services) : undefined;
    for (const service of [...services, ...(identity ? [identity] : [])]) {
      service.addEnvironment(ENV.artifactRoot, bucket.rootFor(artifactAccess));
      service.addEnvironment(ENV.costReport, costReport);
      service.addEnvironment(REQUEST_ENV.auth, props.auth);
      service.addEnvironment(REQUEST_ENV.redaction, props.redaction);
      service.addEnvironment(REQUEST_ENV.redactionPatterns, JSON.stringify(props.redactionPatterns));
    }

    const api = new HttpApi(this, 'HttpApi', {
      auth: props.auth,
      description: 'Tracklet: MLflow tracking',
      defaultService: tracking,
      ...kept,
    });
    api.route(ARTIFACT_ROUTES, artifacts);
    api.route(REGISTRY_ROUTES, registry);
    if (identity) api.route(IDENTITY_ROUTES, identity);
    api.open(['/health', '/version'], tracking, 'Probes have no credentials; the answer is a constant.');

    this.url = api.url;
    new CfnOutput(this, 'ApiUrl', { value: api.url });
    new CfnOutput(this, 'InvokeArn', { value: api.invokeArn });
  }

  /** Lets users in: their function, what it needs, and for the `others` what tokens are checked with. */
  #addUsers(props: ApiStackProps, others: readonly ServiceFunction[]): ServiceFunction {
    const { table, artifacts, keys, artifactAccess, costReport, logRetention, removalPolicy } = props;
    const kept = { logRetention, removalPolicy };
    const secrets = new IdentitySecrets(this, 'Secrets', { removalPolicy });
    const identity = new ServiceFunction(this, 'IdentityService', {
      entry: 'identity.lambda.ts',
      description: 'Tracklet: users, permissions, roles and tokens',
      // A whole processor: a hash of a password takes a tenth of a second of one.
      memoryMb: 1769,
      ...kept,
    });
    table.grantIdentity(identity);
    artifacts.tellName(identity);
    keys?.grantRotate(identity);
    for (const service of [identity, ...others]) {
      secrets.grantTokens(service);
      service.addEnvironment(USERS_ENV.defaultPermission, props.defaultPermission);
    }
    const upkeep = new IdentityUpkeep(this, 'IdentityUpkeep', { table, artifacts, secrets, keys, ...kept });
    upkeep.service.addEnvironment(ENV.artifactRoot, artifacts.rootFor(artifactAccess));
    upkeep.service.addEnvironment(ENV.costReport, costReport);
    new CfnOutput(this, 'AdminPasswordSecret', { value: secrets.adminPasswordArn });
    new CfnOutput(this, 'TokenKeySecret', { value: secrets.tokenKeyArn });
    return identity;
  }
}
