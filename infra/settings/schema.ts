import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { PERMISSIONS } from '../../functions/domain/permission.ts';
import { REDACTION_MODES } from '../../functions/domain/redaction/redact.ts';
import { AUTH_MODES, COST_REPORTS } from '../../functions/entry/env.ts';
import { oidcOptions, originIn } from '../../functions/oidc/options.ts';
import { areUsable, parseJson, parseList, parseTags } from './parsers.ts';

export const LOG_LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;

/** The periods that CloudWatch Logs offers. */
export const RETENTION_DAYS: readonly number[] = Object.values(RetentionDays)
  .filter((days) => typeof days === 'number')
  .filter((days) => days !== RetentionDays.INFINITE);

/** MLflow: a denial is for whom it names. */
export const DEFAULT_PERMISSIONS = z.enum(PERMISSIONS).exclude(['DENY']);

/** AWS: tagging limits; the prefix `aws:` is reserved. */
const tagMap = z.record(z.string().regex(/^(?!aws:).{1,128}$/i), z.string().max(256));

const patternMap = z
  .record(z.string().regex(/^[\w-]{1,64}$/), z.string().min(1).max(500))
  .refine(areUsable)
  // AWS: all variables of a function have 4 KB.
  .refine((patterns) => JSON.stringify(patterns).length <= 2000);

/** AWS: what DescribeTable calls LatestStreamArn. It names the table, too. */
export const STREAM_ARN = /^arn:[\w-]+:dynamodb:[\w-]+:\d{12}:table\/([\w.-]{3,255})\/stream\/[\w:.-]+$/;

const onOrOff = z.enum(['on', 'off']);
/** `-c` gives every value as text. */
const wholeNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const text = z.string().min(1).max(400);
const arn = (service: string, resource: string) =>
  z.string().regex(new RegExp(`^arn:aws[\\w-]*:${service}:${resource}$`));
const hostName = z.string().regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/);
const { issuer, clientId, audiences, usernameClaim, groupsClaim, adminGroup } = oidcOptions.shape;

/** All settings of a deployment, as cdk.json or the command line say them. Where nothing is said, nothing costs by the month. */
export const settings = z.strictObject({
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/)
    .default('main'),
  removalPolicy: z.enum(['retain', 'destroy']).default('retain'),
  table: z.string().regex(STREAM_ARN).optional(),
  logRetentionDays: z.coerce
    .number()
    .refine((days) => RETENTION_DAYS.includes(days))
    .default(RetentionDays.THREE_MONTHS),
  logLevel: z.enum(LOG_LEVELS).default('INFO'),
  artifactAccess: z.enum(['proxied', 'direct']).default('proxied'),
  /** S3: bucket naming rules; one with dots fits no certificate of CloudFront's origins. */
  artifactBucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/)
    .optional(),
  kmsKey: z.union([z.literal('create'), arn('kms', '[a-z0-9-]+:\\d{12}:key\\/[\\w-]+')]).optional(),
  auth: z.enum(AUTH_MODES).default('iam'),
  defaultPermission: DEFAULT_PERMISSIONS.default('READ'),
  cognito: onOrOff.default('off'),
  oidcIssuer: issuer.optional(),
  oidcClientId: clientId.optional(),
  /** A name or an ARN; AWS: the characters of names. */
  oidcClientSecret: z
    .string()
    .regex(/^(arn:aws[\w-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:)?[\w/+=.@-]{1,512}$/)
    .optional(),
  oidcAudiences: z.preprocess(parseList, audiences.unwrap()).optional(),
  oidcUsernameClaim: usernameClaim.unwrap().optional(),
  oidcGroupsClaim: groupsClaim.unwrap().optional(),
  oidcAdminGroup: adminGroup,
  oidcAdminUsername: text.optional(),
  publicOrigin: z
    .string()
    .refine((given) => originIn(given) === given && given.startsWith('https:'))
    .optional(),
  domain: hostName.optional(),
  /** CloudFront reads certificates of one region alone. */
  certificateArn: arn('acm', 'us-east-1:\\d{12}:certificate\\/[\\w-]+').optional(),
  hostedZoneId: z
    .string()
    .regex(/^Z[A-Z0-9]{1,31}$/)
    .optional(),
  redaction: z.enum(REDACTION_MODES).default('off'),
  redactionPatterns: z.preprocess(parseJson, patternMap).default({}),
  // Each request would write a line into the log, and each metric has a price by the month.
  costReport: z.enum(COST_REPORTS).default('none'),
  upkeepMinutes: wholeNumber(1, 60).default(5),
  rateLimit: wholeNumber(1, 10_000).default(500),
  burstLimit: wholeNumber(1, 5_000).default(1000),
  reservedConcurrency: wholeNumber(1, 10_000).optional(),
  web: onOrOff.default('on'),
  // In cdk.json it may be a number.
  priceClass: z.coerce
    .string()
    .pipe(z.enum(['100', '200', 'all']))
    .default('all'),
  webLog: onOrOff.default('on'),
  waf: onOrOff.default('off'),
  webAclArn: arn('wafv2', 'us-east-1:\\d{12}:global\\/webacl\\/[\\w-]+\\/[\\w-]+').optional(),
  // What is gone is gone: nobody gets this without asking.
  gcAfterDays: wholeNumber(1, 3650).optional(),
  // Each event has a price, and nobody may be listening.
  events: onOrOff.default('off'),
  alarmEmail: z.email().optional(),
  // On for whom gives an address: an alarm that nobody hears costs the same.
  alarms: onOrOff.optional(),
  monthlyBudget: wholeNumber(1, 1_000_000).optional(),
  permissionsBoundary: arn('iam', ':\\d{12}:policy\\/[\\w+=,.@/-]+').optional(),
  tags: z.preprocess(parseTags, tagMap).default({}),
});

export type Settings = z.infer<typeof settings>;
