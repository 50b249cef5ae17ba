import type { Credentials } from './authorization.ts';
import { DynamoError, type ErrorAnswer, NoAnswerError } from './dynamo-error.ts';
import { createHttpPost, type HttpPost } from './http-post.ts';
import type { DynamoClient, InputOf, OperationName, OutputOf } from './operations.ts';
import { type Sign, signRequest } from './sign-request.ts';
import { fromWireJson, toWireJson } from './wire-json.ts';

export interface DynamoClientProps {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: () => Credentials;
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  readonly randomHex: (digits: number) => string;
  /** How a request gets to the endpoint; by default over kept connections. */
  readonly post?: HttpPost;
  /** Gives the headers of a request; by default they are signed. */
  readonly sign?: Sign;
}

const API = 'DynamoDB_20120810';
const TIMEOUT_MS = 5_000;
/** API Gateway answers for a function after 30 s: ours is to be the answer that tells the client to try again. */
const GIVE_UP_AFTER_MS = 20_000;
const TOO_MANY_REQUESTS = 429;
/** How often a request is sent at most. */
export const MAX_ATTEMPTS = 8;
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 2_000;
const TOKEN_DIGITS = 32;
/** How much of an answer that is not DynamoDB's an error quotes, in characters. */
const MAX_FOREIGN_WORDS = 200;

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
 * a write may run twice: the store's writes are made for that, and transactions carry a token unless they come with one,
 * be it undefined.
 */
export function createDynamoClient(props: DynamoClientProps): DynamoClient {
  const endpoint = new URL(props.endpoint);
  const { post = createHttpPost(endpoint, TIMEOUT_MS), sign = signRequest } = props;

  const attempt = async (operation: OperationName, body: string): Promise<unknown> => {
    const request = { host: endpoint.host, region: props.region, target: `${API}.${operation}`, body };
    const headers = sign({ ...request, now: props.clock() }, props.credentials());
    const answer = await post(headers, body).catch((cause: unknown) => {
      throw new NoAnswerError(cause);
    });
    if (answer.status === 200) return parseAnswer(answer.body);
    throw new DynamoError(answer.status, parseError(answer.body));
  };

  const send = async (operation: OperationName, body: string): Promise<unknown> => {
    const startedAt = props.clock();
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(operation, body);
      } catch (error) {
        const isLast = tries === MAX_ATTEMPTS || props.clock() - startedAt > GIVE_UP_AFTER_MS;
        if (isLast || !isPassing(error)) throw error;
        await props.sleep(props.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries));
      }
    }
  };

  return {
    send: async <O extends OperationName>(operation: O, input: InputOf<O>): Promise<OutputOf<O>> => {
      const wantsToken = operation === 'TransactWriteItems' && !('ClientRequestToken' in input);
      const token = wantsToken ? { ClientRequestToken: props.randomHex(TOKEN_DIGITS) } : {};
      // What DynamoDB answers to an operation is that operation's output.
      return (await send(operation, toWireJson({ ...input, ...token }))) as OutputOf<O>;
    },
  };
}

/** No answer at all, a fault of the service, or a refusal that passes. */
function isPassing(error: unknown): boolean {
  if (error instanceof NoAnswerError) return true;
  if (!(error instanceof DynamoError)) return false;
  const isBusy = error.status >= 500 || error.status === TOO_MANY_REQUESTS;
  return isBusy || PASSING.has(error.code) || isLate(error);
}

/** Lambda may freeze a process between signing and sending (aws-sdk-js-v3 #7605); the next try is signed anew. */
const isLate = ({ code, message }: DynamoError): boolean =>
  code === 'InvalidSignatureException' && message.startsWith('Signature expired');

function parseAnswer(body: string): unknown {
  try {
    return fromWireJson(body);
  } catch (cause) {
    // Not DynamoDB's words: nobody knows what became of the request.
    throw new NoAnswerError(cause);
  }
}

function parseError(body: string): ErrorAnswer {
  try {
    const answer = fromWireJson(body);
    if (isErrorAnswer(answer)) return answer;
  } catch {
    // No JSON at all.
  }
  // A proxy's page in place of an answer: its status decides.
  return { message: body.slice(0, MAX_FOREIGN_WORDS) };
}

const isErrorAnswer = (answer: unknown): answer is ErrorAnswer =>
  typeof answer === 'object' && answer !== null && '__type' in answer && typeof answer.__type === 'string';
