import { CommandError } from './command-error.ts';

/** Variables of the environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

export const DEFAULT_URL = 'http://127.0.0.1:5000';

/** The server that a command is about: the one it names, else the client's; throws CommandError for what is no address. */
export function serverUrl(named: string | undefined, env: Environment, hint: string): string {
  const url = named ?? (env.MLFLOW_TRACKING_URI || DEFAULT_URL);
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return url.replace(/\/+$/, '');
  throw new CommandError(`${url} is no address of a server; ${hint}`);
}

/** As the stock client (MLflow: rest_utils.http_request): user and password come before a token. */
export function authorizationOf(env: Environment): string | undefined {
  const { MLFLOW_TRACKING_USERNAME: user, MLFLOW_TRACKING_PASSWORD: password, MLFLOW_TRACKING_TOKEN: token } = env;
  if (user && password) return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return token ? `Bearer ${token}` : undefined;
}
