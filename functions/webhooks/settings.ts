/** How deliveries are made (MLflow: environment_variables.py, MLFLOW_WEBHOOK_*). */
export interface WebhookSettings {
  readonly allowedSchemes: readonly string[];
  /** Whether deliveries may go to addresses that are not public. */
  readonly allowsPrivateIps: boolean;
  /** Tries after the first one. */
  readonly maxRetries: number;
  /** What one try may take. */
  readonly timeoutMs: number;
  /** What secrets are encrypted with; undefined for a key that lies in the store. */
  readonly encryptionKey: string | undefined;
}

/** Where nothing is said. */
export const WEBHOOK_DEFAULTS: WebhookSettings = {
  allowedSchemes: ['https'],
  allowsPrivateIps: false,
  maxRetries: 3,
  timeoutMs: 30_000,
  encryptionKey: undefined,
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads MLflow's own variables; throws naming the one that is wrong. */
export function readWebhookSettings(env: Environment): WebhookSettings {
  const schemes = env.MLFLOW_WEBHOOK_ALLOWED_SCHEMES;
  const timeoutSeconds = readInteger(env, 'MLFLOW_WEBHOOK_REQUEST_TIMEOUT');
  return {
    allowedSchemes: schemes ? schemes.split(',').map((scheme) => scheme.trim()) : WEBHOOK_DEFAULTS.allowedSchemes,
    allowsPrivateIps: readFlag(env, 'MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS'),
    maxRetries: readInteger(env, 'MLFLOW_WEBHOOK_REQUEST_MAX_RETRIES') ?? WEBHOOK_DEFAULTS.maxRetries,
    timeoutMs: timeoutSeconds === undefined ? WEBHOOK_DEFAULTS.timeoutMs : timeoutSeconds * 1000,
    encryptionKey: env.MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY || undefined,
  };
}

function readFlag(env: Environment, name: string): boolean {
  const text = env[name]?.toLowerCase() ?? 'false';
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0' || text === '') return false;
  throw new Error(`environment variable ${name} is ${env[name]}, not one of true, false, 1, 0`);
}

function readInteger(env: Environment, name: string): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new Error(`environment variable ${name} is ${text}, not a whole number`);
}
