import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ENV, OPTIONAL_ENV, REQUEST_ENV, USERS_ENV } from '../../functions/entry/env.ts';
import type { Config } from '../config.ts';
import type { ArtifactBucket } from '../constructs/artifact-bucket.ts';
import type { CustomerKey } from '../constructs/customer-key.ts';
import type { EdgeKeys } from '../constructs/edge-keys.ts';
import { tellOfEvents } from '../constructs/event-bus.ts';
import { HttpApi } from '../constructs/http-api.ts';
import { IdentitySecrets } from '../constructs/identity-secrets.ts';
import { IdentityUpkeep } from '../constructs/identity-upkeep.ts';
import type { Provider } from '../constructs/provider.ts';
import { type Keeping, ServiceFunction } from '../constructs/service-function.ts';
import type { TrackingTable } from '../constructs/tracking-table.ts';

export interface ApiStackProps
  extends StackProps,
    Pick<
      Config,
      'auth' | 'defaultPermission' | 'publicOrigin' | 'redaction' | 'redactionPatterns' | 'rateLimit' | 'burstLimit'
    > {
  readonly table: TrackingTable;
  readonly artifacts: ArtifactBucket;
  /** What the edge knows. @default there is no edge */
  readonly keys: EdgeKeys | undefined;
  readonly artifactAccess: Config['artifactAccess'];
  readonly costReport: Config['costReport'];
  readonly events: Config['events'];
  readonly reservedConcurrency: Config['reservedConcurrency'];
  /** Where users sign in. @default here, by password */
  readonly provider: Provider | undefined;
  /** @default keys of AWS's */
  readonly customerKey: CustomerKey | undefined;
  readonly keeping: Keeping;
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
  readonly api: HttpApi;
  /** Those that answer requests. */
  readonly services: readonly ServiceFunction[];
  /** What looks after users, where there are any. */
  readonly upkeep: readonly ServiceFunction[];

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    const { table, artifacts: bucket, artifactAccess, costReport, events, keeping } = props;
    const kept = { ...keeping, reservedConcurrency: props.reservedConcurrency };

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

    const others = [tracking, artifacts, registry];
    const users = props.auth === 'iam' ? undefined : this.#addUsers(props, others);
    this.services = users ? [...others, users.identity] : others;
    this.upkeep = users ? [users.upkeep] : [];
    for (const service of this.services) {
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
      rateLimit: props.rateLimit,
      burstLimit: props.burstLimit,
      ...keeping,
    });
    api.route(ARTIFACT_ROUTES, artifacts);
    api.route(REGISTRY_ROUTES, registry);
    if (users) api.route(IDENTITY_ROUTES, users.identity);
    api.open(['/health', '/version'], tracking, 'Probes have no credentials; the answer is a constant.');

    this.api = api;
    this.url = api.url;
    new CfnOutput(this, 'ApiUrl', { value: api.url });
    new CfnOutput(this, 'InvokeArn', { value: api.invokeArn });
  }

  /** Lets users in: their functions, what these need, and for the `others` what tokens are checked with. */
  #addUsers(props: ApiStackProps, others: readonly ServiceFunction[]): UserServices {
    const { table, artifacts, keys, artifactAccess, costReport, keeping, customerKey, provider, publicOrigin } = props;
    const hasPasswords = provider === undefined;
    const secrets = new IdentitySecrets(this, 'Secrets', {
      removalPolicy: keeping.removalPolicy,
      hasPasswords,
      customerKey,
    });
    const identity = new ServiceFunction(this, 'IdentityService', {
      entry: 'identity.lambda.ts',
      description: 'Tracklet: users, permissions, roles and tokens',
      // A whole processor: a hash of a password takes a tenth of a second of one.
      memoryMb: 1769,
      ...keeping,
      reservedConcurrency: props.reservedConcurrency,
    });
    table.grantIdentity(identity);
    artifacts.tellName(identity);
    keys?.grantRotate(identity);
    provider?.grantSignIn(identity);
    for (const service of others) provider?.tell(service);
    for (const service of [identity, ...others]) {
      secrets.grantTokens(service);
      service.addEnvironment(USERS_ENV.defaultPermission, props.defaultPermission);
      if (publicOrigin !== undefined) service.addEnvironment(OPTIONAL_ENV.publicOrigin, publicOrigin);
    }
    const { service: upkeep } = new IdentityUpkeep(this, 'IdentityUpkeep', {
      table,
      artifacts,
      secrets,
      keys,
      ...keeping,
    });
    upkeep.addEnvironment(ENV.artifactRoot, artifacts.rootFor(artifactAccess));
    upkeep.addEnvironment(ENV.costReport, costReport);
    const { adminPasswordArn, tokenKeyArn } = secrets;
    if (adminPasswordArn !== undefined) new CfnOutput(this, 'AdminPasswordSecret', { value: adminPasswordArn });
    new CfnOutput(this, 'TokenKeySecret', { value: tokenKeyArn });
    return { identity, upkeep };
  }
}

/** The functions of users. */
interface UserServices {
  readonly identity: ServiceFunction;
  readonly upkeep: ServiceFunction;
}
