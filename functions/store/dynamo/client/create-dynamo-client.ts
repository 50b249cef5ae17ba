import { DynamoError, type ErrorAnswer } from './dynamo-error.ts';
import { createHttpPost } from './http-post.ts';
import type { DynamoClient, InputOf, OperationName, OutputOf } from './operations.ts';
import { type Credentials, signRequest } from './sign-request.ts';
import { fromWireJson, toWireJson } from './wire-json.ts';

export interface DynamoClientProps {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: () => Credentials;
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  readonly randomHex: (digits: number) => string;
}

const API = 'DynamoDB_20120810';
const TIMEOUT_MS = 5_000;
const MAX_ATTEMPTS = 8;
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 2_000;
const TOKEN_DIGITS = 32;

/** Refusals that had no effect and pass (AWS: DynamoDB error handling). */
const PASSING = new Set([
  'InternalServerError',
  'ItemCollectionSizeLimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'ThrottlingException',
  'TransactionInProgressException',
]);

/**
 * A client of DynamoDB's JSON protocol that does only what the store needs: measured against the SDK's, a call takes a
 * quarter of the CPU, and loading it a tenth of the time. Retries with full jitter what passes or was lost on the way, so
 * a write may run twice: the store's writes are made for that, and transactions carry a token.
 */
export function createDynamoClient(props: DynamoClientProps): DynamoClient {
  const endpoint = new URL(props.endpoint);
  const post = createHttpPost(endpoint, TIMEOUT_MS);

  const attempt = async (operation: OperationName, body: string): Promise<unknown> => {
    const request = { host: endpoint.host, region: props.region, target: `${API}.${operation}`, body };
    const answer = await post(signRequest({ ...request, now: props.clock() }, props.credentials()), body);
    if (answer.status === 200) return fromWireJson(answer.body);
    throw new DynamoError(answer.status, parseError(answer.body));
  };

  const send = async (operation: OperationName, body: string): Promise<unknown> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(operation, body);
      } catch (error) {
        if (tries === MAX_ATTEMPTS || !isPassing(error)) throw error;
        await props.sleep(props.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries));
      }
    }
  };

  return {
    send: async <O extends OperationName>(operation: O, input: InputOf<O>): Promise<OutputOf<O>> => {
      const isTransaction = operation === 'TransactWriteItems';
      const token = isTransaction ? { ClientRequestToken: props.randomHex(TOKEN_DIGITS) } : {};
      // What DynamoDB answers to an operation is that operation's output.
      return (await send(operation, toWireJson({ ...input, ...token }))) as OutputOf<O>;
    },
  };
}

/** No answer at all, a fault of the service, or a refusal that passes. */
const isPassing = (error: unknown): boolean =>
  !(error instanceof DynamoError) || error.status >= 500 || PASSING.has(error.code);

function parseError(body: string): ErrorAnswer {
  try {
    return fromWireJson(body) as ErrorAnswer;
  } catch {
    // A proxy's page in place of an answer: its status decides.
    return { message: body.slice(0, 200) };
  }
}
