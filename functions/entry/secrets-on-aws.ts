import { now, sleep } from '../platform/system.ts';
import { createCallAwsJson } from '../store/dynamo/client/call-aws-json.ts';
import type { HttpAnswer } from '../store/dynamo/client/http-post.ts';
import { connectionTo } from './connections-on-aws.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the text of a secret by its ARN; rejects with an error that says why, and nothing of the secret. */
export type ReadSecret = (arn: string) => Promise<string>;

const TIMEOUT_MS = 3_000;
const MAX_ATTEMPTS = 3;
const PAUSE_MS = 100;
const TOO_MANY_REQUESTS = 429;

/**
 * Reads secrets from Secrets Manager, whose protocol is DynamoDB's: the SDK's client would be a tenth of the bundle for one
 * call. `AWS_ENDPOINT_URL_SECRETS_MANAGER` or `AWS_ENDPOINT_URL` name another endpoint, as for the SDKs.
 */
export function secretsOnAws(env: Environment): ReadSecret {
  const service = 'secretsmanager';
  const connection = connectionTo(service, env.AWS_ENDPOINT_URL_SECRETS_MANAGER, env);
  const call = createCallAwsJson({ ...connection, service, clock: now, timeoutMs: TIMEOUT_MS });

  return async (arn) => {
    for (let tries = 1; ; tries += 1) {
      const isLast = tries === MAX_ATTEMPTS;
      try {
        const answer = await call('secretsmanager.GetSecretValue', { SecretId: arn });
        if (isLast || !isPassing(answer.status)) return secretIn(answer);
      } catch (cause) {
        if (isLast || cause instanceof SecretRefused) throw new Error(`the secret ${arn} cannot be read`, { cause });
      }
      await sleep(PAUSE_MS * tries);
    }
  };
}

const isPassing = (status: number): boolean => status >= 500 || status === TOO_MANY_REQUESTS;

/** An answer that would be the same once more. */
class SecretRefused extends Error {
  override readonly name = 'SecretRefused';
}

/** Errors of parsers quote what they parse: none of them goes on from here. */
function secretIn({ status, body }: HttpAnswer): string {
  if (status !== 200) throw new SecretRefused(`Secrets Manager answered ${status}`);
  const secret = textIn(body);
  if (!secret) throw new SecretRefused('Secrets Manager answered no text');
  return secret;
}

function textIn(body: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(body);
    const hasText = typeof answer === 'object' && answer !== null && 'SecretString' in answer;
    return hasText && typeof answer.SecretString === 'string' ? answer.SecretString : undefined;
  } catch {
    return undefined;
  }
}
