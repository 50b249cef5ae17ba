import { RemovalPolicy } from 'aws-cdk-lib';
import { PriceClass } from 'aws-cdk-lib/aws-cloudfront';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { MlflowError } from '../functions/domain/errors.ts';
import { PERMISSIONS } from '../functions/domain/permission.ts';
import { compilePattern } from '../functions/domain/redaction/compile-pattern.ts';
import { REDACTION_MODES, type RedactionMode } from '../functions/domain/redaction/redact.ts';
import { AUTH_MODES, type AuthMode, COST_REPORTS, type CostReport } from '../functions/entry/env.ts';

/** What one deployment is made from; every variant of the stacks comes from here. */
export interface Config {
  /** Names the deployment, so that several live in one account. */
  readonly stage: string;
  /** What becomes of the data when its stack goes: kept, or deleted with it. */
  readonly removalPolicy: RemovalPolicy;
  /** The table that takes the place of the stack's own, as after a restore; undefined for its own. */
  readonly table: OtherTable | undefined;
  readonly logRetention: RetentionDays;
  /** Who moves artifacts: the artifact function, or clients that have S3 permissions of their own. */
  readonly artifactAccess: 'proxied' | 'direct';
  /** Who lets callers in: the gateway whom AWS vouches for, or the functions the users that they know. */
  readonly auth: AuthMode;
  /** What users may do where nothing was granted to them. */
  readonly defaultPermission: DefaultPermission;
  /** What is done about secrets in params, tags and sources of datasets. */
  readonly redaction: RedactionMode;
  /** Kinds of secrets besides those that are built in: names and patterns. */
  readonly redactionPatterns: Readonly<Record<string, string>>;
  /** Where functions tell what requests consume. */
  readonly costReport: CostReport;
  /** How often runs are looked after, in minutes. */
  readonly upkeepMinutes: number;
  /** One address for dashboard, API and files of any size, on CloudFront; without it there is the API's own address. */
  readonly web: boolean;
  /** From where CloudFront answers. */
  readonly priceClass: PriceClass;
  /** Whether CloudFront writes down who asked for what. */
  readonly webLog: boolean;
  /** After how many days what was deleted is removed for good; undefined for never. */
  readonly gcAfterDays: number | undefined;
  /** Whether what happens in the model registry is told to the account's default event bus. */
  readonly events: boolean;
  /** Put on every resource. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A table that was made outside the stacks. */
export interface OtherTable {
  readonly tableName: string;
  readonly streamArn: string;
}

type DefaultPermission = z.infer<typeof defaultPermissions>;

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
const retentionDays: readonly number[] = Object.values(RetentionDays)
  .filter((days) => typeof days === 'number')
  .filter((days) => days !== RetentionDays.INFINITE);
/** AWS: tagging limits; the prefix `aws:` is reserved. */
const tagMap = z.record(z.string().regex(/^(?!aws:).{1,128}$/i), z.string().max(256));

/** MLflow: a denial is for whom it names. */
const defaultPermissions = z.enum(PERMISSIONS).exclude(['DENY']);

const patternMap = z
  .record(z.string().regex(/^[\w-]{1,64}$/), z.string().min(1).max(500))
  .refine((patterns) => Object.entries(patterns).every(([name, pattern]) => isUsable(name, pattern)))
  // AWS: all variables of a function have 4 KB.
  .refine((patterns) => JSON.stringify(patterns).length <= 2000);

/** AWS: what DescribeTable calls LatestStreamArn. It names the table, too. */
const STREAM_ARN = /^arn:[\w-]+:dynamodb:[\w-]+:\d{12}:table\/([\w.-]{3,255})\/stream\/[\w:.-]+$/;

const onOrOff = z.enum(['on', 'off']);

const settings = z.strictObject({
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/)
    .default('main'),
  removalPolicy: z.enum(['retain', 'destroy']).default('retain'),
  table: z.string().regex(STREAM_ARN).optional(),
  // `-c` gives every value as text.
  logRetentionDays: z.coerce
    .number()
    .refine((days) => retentionDays.includes(days))
    .default(RetentionDays.THREE_MONTHS),
  artifactAccess: z.enum(['proxied', 'direct']).default('proxied'),
  auth: z.enum(AUTH_MODES).default('iam'),
  defaultPermission: defaultPermissions.default('READ'),
  redaction: z.enum(REDACTION_MODES).default('off'),
  redactionPatterns: z.preprocess(parseJson, patternMap).default({}),
  // Each request would write a line into the log, and each metric has a price by the month.
  costReport: z.enum(COST_REPORTS).default('none'),
  upkeepMinutes: z.coerce.number().int().min(1).max(60).default(5),
  web: onOrOff.default('on'),
  // In cdk.json it may be a number.
  priceClass: z.coerce
    .string()
    .pipe(z.enum(['100', '200', 'all']))
    .default('all'),
  webLog: onOrOff.default('on'),
  // What is gone is gone: nobody gets this without asking.
  gcAfterDays: z.coerce.number().int().min(1).max(3650).optional(),
  // Each event has a price, and nobody may be listening.
  events: onOrOff.default('off'),
  tags: z.preprocess(parseTags, tagMap).default({}),
});

const RULES: Readonly<Record<string, string>> = {
  stage: 'must be 1 to 20 lower-case letters, digits and hyphens, and begin with a letter',
  removalPolicy: 'must be retain or destroy',
  table:
    "must be the ARN of a table's stream, such as arn:aws:dynamodb:eu-west-1:111122223333:table/restored/stream/2026-01-31T12:00:00.000",
  logRetentionDays: `must be one of the periods CloudWatch Logs offers: ${retentionDays.join(', ')}`,
  artifactAccess: 'must be proxied or direct',
  auth: 'must be iam or users',
  defaultPermission: `must be one of ${defaultPermissions.options.join(', ')}`,
  redaction: `must be one of ${REDACTION_MODES.join(', ')}`,
  redactionPatterns:
    'must be an object of names and patterns, as JSON after -c, of at most 2000 characters in all; a pattern has ' +
    'characters, ., \\d, \\w, \\s and classes, repeated by ?, *, + or {n,m}, and | between whole patterns',
  costReport: 'must be none, header, metrics or both',
  upkeepMinutes: 'must be a whole number from 1 to 60',
  web: 'must be on or off',
  priceClass: 'must be 100, 200 or all',
  webLog: 'must be on or off',
  gcAfterDays: 'must be a whole number from 1 to 3650',
  events: 'must be on or off',
  tags: 'must be an object of names and texts in cdk.json, or name=text,name=text after -c; no name begins with aws:',
};

/** Reads the settings out of the CDK context; throws a ConfigError that names every setting at fault. */
export function readConfig(context: Readonly<Record<string, unknown>>): Config {
  const given = Object.entries(context).filter(([key]) => key.startsWith(PREFIX));
  const values = Object.fromEntries(given.map(([key, value]) => [key.slice(PREFIX.length), value]));
  const read = settings.safeParse(values);
  if (!read.success) {
    const all = read.error.issues.flatMap((issue) => sentences(issue, values));
    throw new ConfigError([...new Set(all)].join('\n'));
  }
  checkDefaultPermission(read.data.auth, values);
  const { removalPolicy, table, logRetentionDays, gcAfterDays, web, priceClass, webLog, events, ...asGiven } =
    read.data;
  return {
    ...asGiven,
    removalPolicy: REMOVAL_POLICIES[removalPolicy],
    table: table === undefined ? undefined : tableOfStream(table),
    logRetention: logRetentionDays,
    gcAfterDays,
    web: web === 'on',
    priceClass: PRICE_CLASSES[priceClass],
    webLog: webLog === 'on',
    events: events === 'on',
  };
}

const tableOfStream = (streamArn: string): OtherTable => ({
  tableName: STREAM_ARN.exec(streamArn)?.[1] ?? '',
  streamArn,
});

/** Whoever says what users may do wants users: without them everybody may do everything. */
function checkDefaultPermission(auth: AuthMode, { defaultPermission }: Readonly<Record<string, unknown>>): void {
  if (auth === 'users' || defaultPermission === undefined) return;
  throw new ConfigError(
    `${PREFIX}defaultPermission must go with ${PREFIX}auth=users: with iam, whoever gets in may do everything; got ` +
      `${JSON.stringify(defaultPermission)}`,
  );
}

/** What is said in JSON after `-c`; anything else as it came, for the schema to judge. */
function parseJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function isUsable(name: string, pattern: string): boolean {
  try {
    compilePattern(name, pattern);
    return true;
  } catch (error) {
    if (error instanceof MlflowError) return false;
    throw error;
  }
}

/** `team=vision,cost=42` as an object; anything else as it came, for the schema to judge. */
function parseTags(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const pairs = value.split(',').map((pair) => pair.split('='));
  return pairs.every((pair) => pair.length === 2) ? Object.fromEntries(pairs) : value;
}

function sentences(issue: z.core.$ZodIssue, values: Readonly<Record<string, unknown>>): readonly string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(unknownSetting);
  const key = String(issue.path[0]);
  return [`${PREFIX}${key} ${RULES[key]}; got ${JSON.stringify(values[key])}`];
}

const unknownSetting = (key: string): string =>
  `${PREFIX}${key} is not a setting; there are ${Object.keys(RULES)
    .map((name) => PREFIX + name)
    .join(', ')}`;
