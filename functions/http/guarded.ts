import type { Context } from 'hono';
import { subjectOf } from '../api/audit/subject-of.ts';
import { admit, type Guard, isPermissionDenied, isPublic, placeOf } from '../api/guard/guard.ts';
import type { Asked } from '../api/guard/requirement.ts';
import type { SignInOutcome } from '../api/identity/sign-in.ts';
import type { Admit, Operation, Services } from '../api/operation.ts';
import { redactMessageOf } from '../api/redaction/redact-message.ts';
import { MlflowError } from '../domain/errors.ts';
import { addressOf } from './address-of.ts';
import { answerJson, answerRaw } from './answer.ts';
import { credentialsOf } from './credentials.ts';

/** Answers requests for an operation. */
export type Answer = (context: Context) => Promise<Response>;

/** Answers requests of those who may make them. Throws when the guard knows nothing of the operation. */
export function answerGuarded(operation: Operation, services: Services, guard: Guard): Answer {
  const requirement = guard.requirementOf(operation);
  if (isPublic(requirement)) return (context) => answerTo(operation, context, services, async (asked) => asked.input);
  const redact = redactionOf(operation, services) ?? (async (input: unknown) => input);
  const place = placeOf(operation);
  return async (context) => {
    const address = addressOf(context.env);
    const outcome = await guard.signIn(credentialsOf(context.req.header('authorization') ?? null), address);
    const caller = outcome.kind === 'caller' ? outcome.caller : undefined;
    let subject: string | undefined;
    let detail: string | undefined;
    const noteForAudit = (text: string) => {
      detail = text;
    };
    const answer = async (): Promise<Response> => {
      if (outcome.kind !== 'caller') return refuse(outcome);
      return answerTo(operation, context, { ...services, caller: outcome.caller, noteForAudit }, async (asked) => {
        if (guard.auditor) subject = subjectOf(asked);
        await admit(requirement, outcome.caller, asked);
        return redact(asked.input);
      });
    };
    if (!guard.auditor) return answer();
    const hear = (status: number) => guard.auditor?.hear({ place, caller, subject, address, status, detail });
    try {
      const response = await answer();
      await hear(response.status);
      return response;
    } catch (error) {
      // What an operation itself refuses, it says why.
      detail = error instanceof MlflowError && tellsWhy(error) ? error.message : undefined;
      await hear(error instanceof MlflowError ? error.status : 500);
      throw error;
    }
  };
}

const tellsWhy = (error: MlflowError): boolean => error.code === 'PERMISSION_DENIED' && !isPermissionDenied(error);

/** Answers a request once it was let in. */
function answerTo(
  operation: Operation,
  context: Context,
  services: Services,
  letIn: (asked: Asked) => Promise<unknown>,
): Promise<Response> {
  return operation.kind === 'json'
    ? answerJson(operation, context, services, (input) =>
        letIn({ input, params: context.req.param(), raw: undefined, services }),
      )
    : answerRaw(operation, context, services, async (raw) => {
        await letIn({ input: undefined, params: raw.params, raw, services });
      });
}

/** Takes out of messages what must not be kept; undefined where nothing is looked for. */
export function redactionOf(operation: Operation, { redact }: Services): Admit | undefined {
  const redactMessage = redact && redactMessageOf(operation, redact);
  return redactMessage && (async (input) => redactMessage(input));
}

/** MLflow's words (server/auth/__init__.py, make_basic_auth_response); its clients show them as they stand. */
const NOT_AUTHENTICATED =
  'You are not authenticated. Please see ' +
  'https://www.mlflow.org/docs/latest/auth/index.html#authenticating-to-mlflow on how to authenticate.';

function refuse(outcome: Exclude<SignInOutcome, { readonly kind: 'caller' }>): Response {
  if (outcome.kind === 'throttled') {
    const message = `Too many sign-ins failed. Try again in ${outcome.retryAfter} s.`;
    return new Response(JSON.stringify({ error_code: 'REQUEST_LIMIT_EXCEEDED', message }), {
      status: 429,
      headers: { 'content-type': 'application/json', 'retry-after': String(outcome.retryAfter) },
    });
  }
  return new Response(outcome.hint === undefined ? NOT_AUTHENTICATED : `${NOT_AUTHENTICATED} ${outcome.hint}`, {
    status: 401,
    headers: { 'content-type': 'text/html; charset=utf-8', 'www-authenticate': 'Basic realm="mlflow"' },
  });
}
