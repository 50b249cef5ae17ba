import type { Context } from 'hono';
import { subjectOf } from '../api/audit/subject-of.ts';
import { admit, type Guard, isForAnybody, isPermissionDenied, isPublic, placeOf } from '../api/guard/guard.ts';
import type { Asked, Requirement } from '../api/guard/requirement.ts';
import { type SignInOutcome, tooManySignIns } from '../api/identity/sign-in.ts';
import type { Admit, Operation, Services } from '../api/operation.ts';
import { redactMessageOf } from '../api/redaction/redact-message.ts';
import { MlflowError } from '../domain/errors.ts';
import { CSRF_HEADER } from '../protocol/session-cookie.ts';
import { addressOf } from './address-of.ts';
import { answerJson, answerRaw, factsOf, originOf, type Surroundings } from './answer.ts';
import { credentialsOfRequest, isOfPage, type Received } from './request-credentials.ts';

/** Answers requests for an operation. */
export type Answer = (context: Context) => Promise<Response>;

/** Answers requests of those who may make them. Throws when the guard knows nothing of the operation. */
export function answerGuarded(operation: Operation, services: Services, guard: Guard): Answer {
  const requirement = guard.requirementOf(operation);
  const redact = redactionOf(operation, services) ?? (async (input: unknown) => input);
  const place = placeOf(operation);
  const whoSends = (context: Context): Promise<SignInOutcome> | SignInOutcome =>
    isPublic(requirement)
      ? UNASKED
      : guard.signIn(credentialsOfRequest(receivedOf(context, services)), addressOf(context.env));
  return async (context) => {
    const address = addressOf(context.env);
    const outcome = await whoSends(context);
    const caller = outcome.kind === 'caller' ? outcome.caller : undefined;
    let username = caller?.username;
    let subject: string | undefined;
    let detail: string | undefined;
    const noteSignIn = (name: string): void => {
      username = name;
    };
    const noteForAudit = (text: string) => {
      detail = text;
    };
    const answer = async (): Promise<Response> => {
      if (!isHeard(requirement, outcome)) return refuse(outcome, receivedOf(context, services), services);
      const around = {
        services: { ...services, caller, noteForAudit },
        facts: factsOf(context, services, noteSignIn),
      };
      return answerTo(operation, context, around, async (asked) => {
        if (guard.auditor) subject = subjectOf(asked);
        if (caller) await admit(requirement, caller, asked);
        return redact(asked.input);
      });
    };
    if (!guard.auditor) return answer();
    const hear = (status: number) =>
      guard.auditor?.hear({
        place,
        caller: username === undefined ? undefined : { username, token: caller?.token },
        subject,
        address,
        status,
        detail,
      });
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

const UNASKED: SignInOutcome = { kind: 'unknown' };

/** Whether a request goes on to its operation, which may still want more of a caller. */
const isHeard = (requirement: Requirement, { kind }: SignInOutcome): boolean =>
  kind === 'caller' || (kind === 'unknown' && (isPublic(requirement) || isForAnybody(requirement)));

const receivedOf = (context: Context, services: Services) => ({
  method: context.req.method,
  headers: context.req.raw.headers,
  origin: () => originOf(context, services),
});

const tellsWhy = (error: MlflowError): boolean => error.code === 'PERMISSION_DENIED' && !isPermissionDenied(error);

/** Answers a request once it was let in. */
function answerTo(
  operation: Operation,
  context: Context,
  around: Surroundings,
  letIn: (asked: Asked) => Promise<unknown>,
): Promise<Response> {
  const { services, facts } = around;
  return operation.kind === 'json'
    ? answerJson(operation, context, around, (input) =>
        letIn({ input, params: facts.params, raw: undefined, services }),
      )
    : answerRaw(operation, context, around, async (raw) => {
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

function refuse(outcome: SignInOutcome, received: Received, { identity }: Services): Response {
  switch (outcome.kind) {
    case 'throttled':
      throw tooManySignIns(outcome.retryAfter);
    case 'forged':
      throw new MlflowError('PERMISSION_DENIED', FORGED);
    default: {
      const hint = outcome.kind === 'unknown' ? outcome.hint : undefined;
      const message = hint === undefined ? NOT_AUTHENTICATED : `${NOT_AUTHENTICATED} ${hint}`;
      if (isOfPage(received)) throw new MlflowError('UNAUTHENTICATED', message);
      const challenge = identity?.oidc ? 'Bearer realm="mlflow"' : 'Basic realm="mlflow"';
      return new Response(message, {
        status: 401,
        headers: { 'content-type': 'text/html; charset=utf-8', 'www-authenticate': challenge },
      });
    }
  }
}

const FORGED =
  `A write by a page needs the header ${CSRF_HEADER} with the csrf_token of GET /api/2.0/tracklet/session; ` +
  'without it, any other site could have made the browser send it.';
