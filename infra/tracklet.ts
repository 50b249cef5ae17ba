import { type App, RemovalPolicy, Tags, Validations } from 'aws-cdk-lib';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { type Config, type OidcConfig, readConfig } from './config.ts';
import type { EdgeKeys } from './constructs/edge-keys.ts';
import { describeProvider, type Provider } from './constructs/provider.ts';
import type { Keeping } from './constructs/service-function.ts';
import { ApiStack } from './stacks/api.ts';
import { DataStack } from './stacks/data.ts';
import { OpsStack } from './stacks/ops.ts';
import { UpkeepStack } from './stacks/upkeep.ts';
import { UsersStack } from './stacks/users.ts';
import { WafStack } from './stacks/waf.ts';
import { WebStack } from './stacks/web.ts';

/** The stacks of one deployment. */
export interface Tracklet {
  readonly data: DataStack;
  readonly api: ApiStack;
  readonly upkeep: UpkeepStack;
  /** Absent when the deployment is the API alone. */
  readonly web: WebStack | undefined;
  /** Absent when nobody is to be told of trouble or of costs. */
  readonly ops: OpsStack | undefined;
  /** Absent when users sign in elsewhere. */
  readonly users: UsersStack | undefined;
  readonly waf: WafStack | undefined;
}

/** Adds the stacks that the app's context asks for, under the rules of AwsSolutions; throws a ConfigError. */
export function addTracklet(app: App): Tracklet {
  const config = readConfig(app.node.getAllContext());
  const { stage, removalPolicy, artifactAccess, costReport, events } = config;
  const data = new DataStack(app, stackName(config, 'Data'), {
    ...protectionOf(config),
    removalPolicy,
    inPlaceOfTable: config.table,
    kmsKey: config.kmsKey,
    artifactBucket: config.artifactBucket,
  });
  const { table, artifacts, customerKey } = data;
  const { logRetention, logLevel } = config;
  const keeping: Keeping = { logRetention, removalPolicy, logLevel, logKey: customerKey?.key };
  const shared = { table, artifacts, artifactAccess, costReport, events, keeping };
  const keys = config.web ? data.addEdge() : undefined;
  const { users, provider } = addProvider(app, config);
  const api = new ApiStack(app, stackName(config, 'Api'), {
    ...shared,
    ...accessIn(config),
    keys,
    customerKey,
    provider,
  });
  const upkeep = new UpkeepStack(app, stackName(config, 'Upkeep'), {
    ...shared,
    intervalMinutes: config.upkeepMinutes,
    gcAfterDays: config.gcAfterDays,
  });
  for (const stack of [api, upkeep]) stack.addStackDependency(data);
  const { web, waf } = addEdge(app, config, { data, keys, keeping, api });
  const watched = { data, api, upkeep, web };
  const ops = addOps(app, config, watched);
  for (const [name, text] of Object.entries({ 'tracklet:stage': stage, ...config.tags })) Tags.of(app).add(name, text);
  bound(app, data, config);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { ...watched, ops, users, waf };
}

const stackName = ({ stage }: Config, part: string): string => `Tracklet-${stage}-${part}`;

const protectionOf = ({ removalPolicy }: Config) => ({
  terminationProtection: removalPolicy === RemovalPolicy.RETAIN,
});

/** What the functions that answer requests are told of who may come. */
const accessIn = (config: Config) => ({
  auth: config.auth,
  defaultPermission: config.defaultPermission,
  publicOrigin: config.publicOrigin,
  redaction: config.redaction,
  redactionPatterns: config.redactionPatterns,
  rateLimit: config.rateLimit,
  burstLimit: config.burstLimit,
  reservedConcurrency: config.reservedConcurrency,
});

interface AddedProvider {
  readonly users: UsersStack | undefined;
  readonly provider: Provider | undefined;
}

/** Adds what users sign in at, when that is not there already. */
function addProvider(app: App, config: Config): AddedProvider {
  const { oidc } = config;
  if (!oidc) return { users: undefined, provider: undefined };
  if (oidc.provider) return { users: undefined, provider: describeProvider(oidc, oidc.provider) };
  const users = addUsers(app, config, oidc);
  return { users, provider: describeProvider(oidc, users.pool) };
}

function addUsers(app: App, config: Config, { adminGroup }: OidcConfig): UsersStack {
  const { stage, removalPolicy, publicOrigin } = config;
  if (publicOrigin === undefined)
    throw new Error('A user pool is made for an origin: the settings were checked for it');
  return new UsersStack(app, stackName(config, 'Users'), {
    ...protectionOf(config),
    stage,
    removalPolicy,
    publicOrigin,
    adminGroup,
  });
}

interface EdgeParts {
  readonly data: DataStack;
  /** Undefined where there is no edge. */
  readonly keys: EdgeKeys | undefined;
  readonly keeping: Keeping;
  readonly api: ApiStack;
}

/** Adds the distribution in front of data and API, and what stands before it. */
function addEdge(app: App, config: Config, { data, keys, keeping, api }: EdgeParts): Pick<Tracklet, 'web' | 'waf'> {
  if (!keys) return { web: undefined, waf: undefined };
  const waf = config.waf ? new WafStack(app, stackName(config, 'Waf')) : undefined;
  const web = new WebStack(app, stackName(config, 'Web'), {
    artifacts: data.artifacts,
    keys,
    apiUrl: api.url,
    priceClass: config.priceClass,
    hasLog: config.webLog,
    domain: config.domain,
    webAclArn: waf?.webAclArn ?? config.webAclArn,
    keeping,
  });
  for (const stack of [data, api, ...(waf ? [waf] : [])]) web.addStackDependency(stack);
  return { web, waf };
}

/** Adds what tells somebody of trouble and of costs. */
function addOps(
  app: App,
  config: Config,
  watched: Pick<Tracklet, 'data' | 'api' | 'upkeep' | 'web'>,
): OpsStack | undefined {
  const { alarms: hasAlarms, alarmEmail, monthlyBudget } = config;
  if (!hasAlarms && monthlyBudget === undefined) return undefined;
  return new OpsStack(app, stackName(config, 'Ops'), { ...watched, hasAlarms, alarmEmail, monthlyBudget });
}

function bound(app: App, data: DataStack, { permissionsBoundary }: Config): void {
  if (permissionsBoundary === undefined) return;
  PermissionsBoundary.of(app).apply(ManagedPolicy.fromManagedPolicyArn(data, 'Boundary', permissionsBoundary));
}
