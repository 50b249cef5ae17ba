import { RemovalPolicy } from 'aws-cdk-lib';
import { PriceClass } from 'aws-cdk-lib/aws-cloudfront';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type * as z from 'zod';
import type { AuthMode } from '../functions/entry/env.ts';
import { type OidcOptions, oidcOptions } from '../functions/oidc/options.ts';
import { COMBINATIONS } from './settings/combinations.ts';
import { RULES } from './settings/rules.ts';
import { type Settings, STREAM_ARN, settings } from './settings/schema.ts';

/** The address of one's own at which the distribution answers. */
export interface DomainConfig {
  readonly name: string;
  readonly certificateArn: string;
  /** Where its name is made; undefined where the deployer makes it. */
  readonly hostedZoneId: string | undefined;
}

/** Where users sign in that do not sign in here. */
export interface OidcConfig extends Omit<OidcOptions, 'issuer' | 'clientId'> {
  /** Undefined for the user pool that a stack makes. */
  readonly provider: Pick<OidcOptions, 'issuer' | 'clientId'> | undefined;
  /** The name or ARN of a secret; undefined of a public client. */
  readonly clientSecret: string | undefined;
  readonly adminUsername: string | undefined;
}

type AsGiven = Pick<
  Settings,
  | 'stage'
  | 'logLevel'
  | 'artifactAccess'
  | 'artifactBucket'
  | 'kmsKey'
  | 'defaultPermission'
  | 'redaction'
  | 'redactionPatterns'
  | 'costReport'
  | 'upkeepMinutes'
  | 'rateLimit'
  | 'burstLimit'
  | 'reservedConcurrency'
  | 'webAclArn'
  | 'gcAfterDays'
  | 'alarmEmail'
  | 'monthlyBudget'
  | 'permissionsBoundary'
  | 'tags'
>;

/** What one deployment is made from; every variant of the stacks comes from here. docs/deploy.md says what each does. */
export interface Config extends Readonly<AsGiven> {
  /** What becomes of the data when its stack goes: kept, or deleted with it. */
  readonly removalPolicy: RemovalPolicy;
  /** The table that takes the place of the stack's own, as after a restore; undefined for its own. */
  readonly table: OtherTable | undefined;
  readonly logRetention: RetentionDays;
  /** Who lets callers in: the gateway whom AWS vouches for, or the functions the users that they know. */
  readonly auth: AuthMode;
  /** Where users sign in at a provider. */
  readonly oidc: OidcConfig | undefined;
  /** How browsers reach the deployment, where that is known before it is deployed. */
  readonly publicOrigin: string | undefined;
  /** One address for dashboard, API and files of any size, on CloudFront; without it there is the API's own address. */
  readonly web: boolean;
  readonly domain: DomainConfig | undefined;
  /** From where CloudFront answers. */
  readonly priceClass: PriceClass;
  /** Whether CloudFront writes down who asked for what. */
  readonly webLog: boolean;
  /** Whether a web ACL is made for the distribution. */
  readonly waf: boolean;
  /** Whether what happens in the model registry is told to the account's default event bus. */
  readonly events: boolean;
  /** Whether somebody is told of trouble. */
  readonly alarms: boolean;
}

/** A table that was made outside the stacks. */
export interface OtherTable {
  readonly tableName: string;
  readonly streamArn: string;
}

/** A mistake in a setting, in the deployer's words. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Every setting is a key of the CDK context with this prefix: in cdk.json, or as `-c tracklet:stage=test`. */
const PREFIX = 'tracklet:';

const REMOVAL_POLICIES = { retain: RemovalPolicy.RETAIN, destroy: RemovalPolicy.DESTROY } as const;
const PRICE_CLASSES = {
  '100': PriceClass.PRICE_CLASS_100,
  '200': PriceClass.PRICE_CLASS_200,
  all: PriceClass.PRICE_CLASS_ALL,
} as const;

/** Cognito's name for the claim of groups, and the group of admins in a user pool that a stack makes. */
const COGNITO = { groupsClaim: 'cognito:groups', usernameClaim: 'email', adminGroup: 'tracklet-admins' } as const;

/** Reads the settings out of the CDK context; throws a ConfigError that names every setting at fault. */
export function readConfig(context: Readonly<Record<string, unknown>>): Config {
  const given = Object.entries(context).filter(([key]) => key.startsWith(PREFIX));
  const values = Object.fromEntries(given.map(([key, value]) => [key.slice(PREFIX.length), value]));
  const read = settings.safeParse(values);
  if (!read.success) {
    const all = read.error.issues.flatMap((issue) => sentences(issue, values));
    throw new ConfigError([...new Set(all)].join('\n'));
  }
  const wrong = COMBINATIONS.filter(({ isWrong }) => isWrong(read.data, values));
  if (wrong.length > 0) throw new ConfigError(wrong.map(({ key, rule }) => sentence(key, rule, values)).join('\n'));
  return configOf(read.data);
}

function configOf(read: Settings): Config {
  const { removalPolicy, table, logRetentionDays, priceClass, domain, alarmEmail } = read;
  return {
    ...asGivenIn(read),
    removalPolicy: REMOVAL_POLICIES[removalPolicy],
    table: table === undefined ? undefined : tableOfStream(table),
    logRetention: logRetentionDays,
    auth: read.auth,
    oidc: read.auth === 'oidc' ? oidcIn(read) : undefined,
    publicOrigin: domain === undefined || read.auth === 'iam' ? read.publicOrigin : `https://${domain}`,
    web: read.web === 'on',
    domain: domainIn(read),
    priceClass: PRICE_CLASSES[priceClass],
    webLog: read.webLog === 'on',
    waf: read.waf === 'on',
    events: read.events === 'on',
    alarms: read.alarms === 'on' || alarmEmail !== undefined,
  };
}

const tableOfStream = (streamArn: string): OtherTable => ({
  tableName: STREAM_ARN.exec(streamArn)?.[1] ?? '',
  streamArn,
});

const asGivenIn = (read: Settings): AsGiven => ({
  stage: read.stage,
  logLevel: read.logLevel,
  artifactAccess: read.artifactAccess,
  artifactBucket: read.artifactBucket,
  kmsKey: read.kmsKey,
  defaultPermission: read.defaultPermission,
  redaction: read.redaction,
  redactionPatterns: read.redactionPatterns,
  costReport: read.costReport,
  upkeepMinutes: read.upkeepMinutes,
  rateLimit: read.rateLimit,
  burstLimit: read.burstLimit,
  reservedConcurrency: read.reservedConcurrency,
  webAclArn: read.webAclArn,
  gcAfterDays: read.gcAfterDays,
  alarmEmail: read.alarmEmail,
  monthlyBudget: read.monthlyBudget,
  permissionsBoundary: read.permissionsBoundary,
  tags: read.tags,
});

const domainIn = ({ domain, certificateArn, hostedZoneId }: Settings): DomainConfig | undefined =>
  domain !== undefined && certificateArn !== undefined ? { name: domain, certificateArn, hostedZoneId } : undefined;

function oidcIn(read: Settings): OidcConfig {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret } = read;
  const isCognito = read.cognito === 'on';
  const claims = oidcOptions.omit({ issuer: true, clientId: true }).parse({
    audiences: read.oidcAudiences,
    usernameClaim: read.oidcUsernameClaim ?? (isCognito ? COGNITO.usernameClaim : undefined),
    groupsClaim: isCognito ? COGNITO.groupsClaim : read.oidcGroupsClaim,
    adminGroup: read.oidcAdminGroup ?? (isCognito ? COGNITO.adminGroup : undefined),
  });
  const provider = issuer === undefined || clientId === undefined ? undefined : { issuer, clientId };
  return { ...claims, provider, clientSecret, adminUsername: read.oidcAdminUsername };
}

function sentences(issue: z.core.$ZodIssue, values: Readonly<Record<string, unknown>>): readonly string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(unknownSetting);
  const key = String(issue.path[0]);
  return [sentence(key, String(Reflect.get(RULES, key)), values)];
}

const sentence = (key: string, rule: string, values: Readonly<Record<string, unknown>>): string =>
  `${PREFIX}${key} ${rule.replaceAll('{}', PREFIX)}; got ${JSON.stringify(values[key]) ?? 'nothing'}`;

const unknownSetting = (key: string): string =>
  `${PREFIX}${key} is not a setting; there are ${Object.keys(RULES)
    .map((name) => PREFIX + name)
    .join(', ')}`;
