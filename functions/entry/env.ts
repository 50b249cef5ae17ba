/** The environment that the infrastructure gives to functions: the one place that knows the variables' names. */
export const ENV = {
  tableName: 'TRACKLET_TABLE',
  bucketName: 'TRACKLET_BUCKET',
  artifactRoot: 'TRACKLET_ARTIFACT_ROOT',
  costReport: 'TRACKLET_COST_REPORT',
} as const;

/** What functions that answer requests are told besides. */
export const REQUEST_ENV = {
  auth: 'TRACKLET_AUTH',
  redaction: 'TRACKLET_REDACTION',
  redactionPatterns: 'TRACKLET_REDACTION_PATTERNS',
} as const;

/** What functions are told that let users in: of secrets the names alone. */
export const USERS_ENV = {
  defaultPermission: 'TRACKLET_DEFAULT_PERMISSION',
  tokenKeySecret: 'TRACKLET_TOKEN_KEY_SECRET',
} as const;

/** What functions are told that make users and tell the edge of tokens. */
export const IDENTITY_ENV = {
  adminSecret: 'TRACKLET_ADMIN_SECRET',
  edgeKeys: 'TRACKLET_EDGE_KEYS',
} as const;

/** What functions are told of the OpenID provider where users sign in at one: an OidcEnvironment as JSON. */
export const OIDC_ENV = 'TRACKLET_OIDC';

/** Who lets callers in: the gateway whom AWS vouches for, or the functions the users that they know, by password or a provider. */
export const AUTH_MODES = ['iam', 'users', 'oidc'] as const;

export type AuthMode = (typeof AUTH_MODES)[number];

/**
 * The same of what may be missing: the event bus on which events of the registry go, none when they go nowhere; and how
 * browsers reach the deployment, as `https://tracklet.example.org`, where requests do not tell.
 */
export const OPTIONAL_ENV = { eventBus: 'TRACKLET_EVENT_BUS', publicOrigin: 'TRACKLET_PUBLIC_ORIGIN' } as const;

/** What node itself reads: stack traces of the minified bundles name the source files. */
export const NODE_ENVIRONMENT = { NODE_OPTIONS: '--enable-source-maps' } as const;

/** Where a function tells what its work consumed: in a header of each response, in CloudWatch's metrics, in both, or nowhere. */
export const COST_REPORTS = ['none', 'header', 'metrics', 'both'] as const;

export type CostReport = (typeof COST_REPORTS)[number];

/** The names of the stores. */
export interface StoreEnvironment {
  readonly tableName: string;
  readonly bucketName: string;
  readonly artifactRoot: string;
}

/** The environment, read. */
export interface FunctionEnvironment extends StoreEnvironment {
  readonly costReport: CostReport;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment; throws naming the variable that is missing or wrong. */
export function readEnvironment(env: Environment): FunctionEnvironment {
  return {
    ...readTableEnvironment(env),
    bucketName: readSetting(env, ENV.bucketName),
    artifactRoot: readSetting(env, ENV.artifactRoot),
  };
}

/** Reads what a function that knows the table alone is given; throws as the other. */
export const readTableEnvironment = (env: Environment): Pick<FunctionEnvironment, 'tableName' | 'costReport'> => ({
  tableName: readSetting(env, ENV.tableName),
  costReport: costReportOf(readSetting(env, ENV.costReport)),
});

/** The value of a variable; throws naming the one that is missing. */
export function readSetting(env: Environment, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`environment variable ${name} is missing`);
  return value;
}

function costReportOf(text: string): CostReport {
  const report = COST_REPORTS.find((name) => name === text);
  if (!report) throw new Error(`environment variable ${ENV.costReport} is ${text}, not ${COST_REPORTS.join(', ')}`);
  return report;
}
