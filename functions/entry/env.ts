/** The environment that the infrastructure gives to functions: the one place that knows the variables' names. */
export const ENV = {
  tableName: 'TRACKLET_TABLE',
  bucketName: 'TRACKLET_BUCKET',
  artifactRoot: 'TRACKLET_ARTIFACT_ROOT',
} as const;

/** What node itself reads: stack traces of the minified bundles name the source files. */
export const NODE_ENVIRONMENT = { NODE_OPTIONS: '--enable-source-maps' } as const;

/** The environment, read. */
export interface FunctionEnvironment {
  readonly tableName: string;
  readonly bucketName: string;
  readonly artifactRoot: string;
}

/** Reads the environment; throws naming the variable that is missing. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): FunctionEnvironment {
  const read = (name: string): string => {
    const value = env[name];
    if (!value) throw new Error(`environment variable ${name} is missing`);
    return value;
  };
  return {
    tableName: read(ENV.tableName),
    bucketName: read(ENV.bucketName),
    artifactRoot: read(ENV.artifactRoot),
  };
}
