import type { Context } from 'hono';
import type { Admit, JsonOperation, RawOperation, RawRequest, RequestFacts, Services } from '../api/operation.ts';
import { AnswerWithHeaders } from '../protocol/answer-with-headers.ts';
import { stringifyJson } from '../protocol/json.ts';
import { WrittenJson } from '../protocol/written-json.ts';
import { addressOf } from './address-of.ts';
import { cookieIn } from './cookie-in.ts';
import { decodeRequest } from './decode.ts';

/** Where a caller reached us: what the operator says, or else what the request does. */
export const originOf = ({ req }: Context, { identity }: Services): string =>
  identity?.publicOrigin ?? new URL(req.url).origin;

/** Hears who signs in by a request, in apps where nobody asks. */
export const NOT_NOTED = (): void => undefined;

/** What operations may know of a request beside its message. */
export const factsOf = (
  context: Context,
  services: Services,
  noteSignIn: RequestFacts['noteSignIn'],
): RequestFacts => ({
  // Few operations ask for it, and parsing a URL costs as much as reading a small request.
  get origin() {
    return originOf(context, services);
  },
  address: addressOf(context.env),
  params: context.req.param(),
  cookie: (name) => cookieIn(context.req.header('cookie'), name),
  noteSignIn,
});

/** What belongs to a request and is not of it. */
export interface Surroundings {
  readonly services: Services;
  readonly facts: RequestFacts;
}

/** Answers with JSON; `admit` sees the decoded message before anything is done. */
export async function answerJson(
  operation: JsonOperation,
  context: Context,
  { services, facts }: Surroundings,
  admit?: Admit,
): Promise<Response> {
  const raw = await decodeRequest(operation, context.req.raw, facts.params);
  const answer = await operation.respond(raw, services, facts, admit);
  const { message, headers } = answer instanceof AnswerWithHeaders ? answer : { message: answer, headers: {} };
  const body = message instanceof WrittenJson ? Buffer.concat(message.chunks) : stringifyJson(message);
  return new Response(body, { headers: { 'content-type': 'application/json', ...headers } });
}

/** Answers as the operation likes; `admit` sees the request before anything is done. */
export function answerRaw(
  operation: RawOperation,
  context: Context,
  { services, facts }: Surroundings,
  admit?: (raw: RawRequest) => Promise<void>,
): Promise<Response> {
  const request = context.req.raw;
  const raw = { request, params: facts.params, query: new URL(request.url).searchParams };
  const respond = () => operation.respond(raw, services, facts);
  return admit ? admit(raw).then(respond) : respond();
}
