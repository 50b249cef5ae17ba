/** The environment that the infrastructure gives to functions: the one place that knows the variables' names. */
export const ENV = {
  tableName: 'TRACKLET_TABLE',
  bucketName: 'TRACKLET_BUCKET',
  artifactRoot: 'TRACKLET_ARTIFACT_ROOT',
  costReport: 'TRACKLET_COST_REPORT',
} as const;

/** The same of what may be missing: the event bus on which events of the registry go, none when they go nowhere. */
export const OPTIONAL_ENV = { eventBus: 'TRACKLET_EVENT_BUS' } as const;

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
    bucketName: read(env, ENV.bucketName),
    artifactRoot: read(env, ENV.artifactRoot),
  };
}

/** Reads what a function that knows the table alone is given; throws as the other. */
export const readTableEnvironment = (env: Environment): Pick<FunctionEnvironment, 'tableName' | 'costReport'> => ({
  tableName: read(env, ENV.tableName),
  costReport: costReportOf(read(env, ENV.costReport)),
});

function read(env: Environment, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`environment variable ${name} is missing`);
  return value;
}

function costReportOf(text: string): CostReport {
  const report = COST_REPORTS.find((name) => name === text);
  if (!report) throw new Error(`environment variable ${ENV.costReport} is ${text}, not ${COST_REPORTS.join(', ')}`);
  return report;
}
