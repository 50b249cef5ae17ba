import type { Connections } from './connections.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * How a function on AWS reaches its stores: in its own region, with its role's credentials, which Lambda gives in the
 * environment. `AWS_ENDPOINT_URL_DYNAMODB` or `AWS_ENDPOINT_URL` name another endpoint, as for the SDKs. Throws naming
 * the variable that is missing.
 */
export function connectionsOnAws(env: Environment): Connections {
  return { dynamodb: connectionTo('dynamodb', env.AWS_ENDPOINT_URL_DYNAMODB, env), s3: {}, isOnlyWriter: false };
}

/** How a function on AWS reaches a service by its JSON protocol; `endpoint` is the one that the environment names for it. */
export function connectionTo(service: string, endpoint: string | undefined, env: Environment) {
  const region = read(env, 'AWS_REGION');
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return {
    endpoint: endpoint ?? env.AWS_ENDPOINT_URL ?? `https://${service}.${region}.${suffix}`,
    region,
    credentials: () => ({
      accessKeyId: read(env, 'AWS_ACCESS_KEY_ID'),
      secretAccessKey: read(env, 'AWS_SECRET_ACCESS_KEY'),
      sessionToken: env.AWS_SESSION_TOKEN,
    }),
  };
}

/**
 * Where the objects of a bucket are: under a name of its own, or below the endpoint that the environment names. A name with dots
 * fits no certificate of AWS's.
 */
export function bucketUrlOnAws(bucketName: string, env: Environment): string {
  const named = env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
  const { endpoint } = connectionTo('s3', named, env);
  if (named !== undefined || bucketName.includes('.')) return new URL(`/${bucketName}/`, endpoint).href;
  return endpoint.replace('://', `://${bucketName}.`);
}

function read(env: Environment, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`environment variable ${name} is missing`);
  return value;
}
