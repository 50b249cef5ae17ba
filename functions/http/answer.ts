import type { Context } from 'hono';
import type { Admit, JsonOperation, RawOperation, RawRequest, Services } from '../api/operation.ts';
import { stringifyJson } from '../protocol/json.ts';
import { WrittenJson } from '../protocol/written-json.ts';
import { decodeRequest } from './decode.ts';

/** Answers with JSON; `admit` sees the decoded message before anything is done. */
export async function answerJson(
  operation: JsonOperation,
  context: Context,
  services: Services,
  admit?: Admit,
): Promise<Response> {
  const params = context.req.param();
  const raw = await decodeRequest(operation, context.req.raw, params);
  const facts = {
    params,
    // Few operations ask for it, and parsing a URL costs as much as reading a small request.
    get origin() {
      return new URL(context.req.url).origin;
    },
  };
  const answer = await operation.respond(raw, services, facts, admit);
  const body = answer instanceof WrittenJson ? Buffer.concat(answer.chunks) : stringifyJson(answer);
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}

/** Answers as the operation likes; `admit` sees the request before anything is done. */
export function answerRaw(
  operation: RawOperation,
  context: Context,
  services: Services,
  admit?: (raw: RawRequest) => Promise<void>,
): Promise<Response> {
  const request = context.req.raw;
  const raw = { request, params: context.req.param(), query: new URL(request.url).searchParams };
  return admit ? admit(raw).then(() => operation.respond(raw, services)) : operation.respond(raw, services);
}
