import { type Context, Hono } from 'hono';
import { getPath } from 'hono/utils/url';
import type { Guard } from '../api/guard/guard.ts';
import type { Operation, Services } from '../api/operation.ts';
import { hasDotSegments } from '../domain/dot-segments.ts';
import { invalidParameter, MlflowError } from '../domain/errors.ts';
import { answerJson, answerRaw, factsOf, NOT_NOTED } from './answer.ts';
import { isArtifactPath, isReadable, withoutDotFolder } from './artifact-url.ts';
import { errorResponse, type Report } from './errors.ts';
import { type Answer, answerGuarded, redactionOf } from './guarded.ts';
import { meterRequests, type RequestMeter } from './meter-requests.ts';
import { describeApi, OPENAPI_PATH } from './openapi.ts';
import { rawPathOf } from './raw-path.ts';

/** Who hears what happens inside. */
export interface Listeners {
  /** What went wrong. */
  readonly report: Report;
  /** What requests consume; undefined leaves them unmetered. */
  readonly meter?: RequestMeter | undefined;
}

/**
 * The application behind the URL: the same on Lambda and on a laptop. Without a guard everybody may do everything; with one
 * it throws for an operation of which the guard does not know what it requires.
 */
export function createApp(
  operations: readonly Operation[],
  services: Services,
  { report, meter }: Listeners,
  guard?: Guard,
): Hono {
  // MLflow serves `//api/…` as `/api/…`: a tracking URI that ends in a slash makes such paths.
  const app = new Hono({ getPath: (request) => getPath(request).replace(/^\/{2,}/, '/') });
  if (meter) app.use(meterRequests(meter));
  app.use(async (context, next) => {
    const rawPath = rawPathOf(context.env);
    if (rawPath !== undefined && hasDotSegments(withoutDotFolder(rawPath))) throw invalidParameter('Invalid path');
    // Not context.req.path: decoded, `/%5C%5Chost//x` would lead to another server.
    const { pathname, search } = new URL(context.req.url);
    // The router would leave bad escapes as they are, and a file would get a name that nobody meant.
    if (isArtifactPath(pathname) && !isReadable(pathname)) throw invalidParameter('Invalid path');
    const collapsed = collapseSlashes(pathname);
    if (collapsed !== undefined) return context.redirect(collapsed + search, 308);
    await next();
    context.res.headers.set('x-content-type-options', 'nosniff');
    context.res.headers.set('x-frame-options', 'SAMEORIGIN');
    context.res.headers.set('referrer-policy', 'same-origin');
    return undefined;
  });
  for (const operation of operations) {
    const answer = guard ? answerGuarded(operation, services, guard) : answerOpenly(operation, services);
    for (const path of operation.paths) app.on(operation.method, path, answer);
  }
  app.get(OPENAPI_PATH, (context) => context.json(describeApi(operations)));
  rejectOtherMethods(app, operations);
  app.notFound((context) => errorResponse(noSuchEndpoint(context.req.path), report));
  app.onError((error) => errorResponse(error, report));
  return app;
}

/** Answers requests of anybody. */
function answerOpenly(operation: Operation, services: Services): Answer {
  const around = (context: Context) => ({ services, facts: factsOf(context, services, NOT_NOTED) });
  if (operation.kind === 'raw') return (context) => answerRaw(operation, context, around(context));
  const redact = redactionOf(operation, services);
  return (context) => answerJson(operation, context, around(context), redact);
}

/** MLflow redirects a path with empty segments, but at its start, to the one without (werkzeug: merge_slashes). */
function collapseSlashes(path: string): string | undefined {
  return /[^/]\/{2}/.test(path) && !isArtifactPath(path) ? path.replace(/\/{2,}/g, '/') : undefined;
}

function rejectOtherMethods(app: Hono, operations: readonly Operation[]): void {
  const methodsOf = new Map<string, Set<string>>();
  for (const { paths, method } of operations) {
    for (const path of paths) methodsOf.set(path, (methodsOf.get(path) ?? new Set()).add(method));
  }
  for (const [path, methods] of methodsOf) {
    app.all(path, (context) => methodNotAllowed(context.req.method, [...methods]));
  }
}

function methodNotAllowed(method: string, allowed: readonly string[]): Response {
  const message = `Method ${method} is not allowed here; use ${allowed.join(' or ')}.`;
  const body = JSON.stringify({ error_code: 'METHOD_NOT_ALLOWED', message });
  return new Response(body, {
    status: 405,
    headers: { 'content-type': 'application/json', allow: allowed.join(', ') },
  });
}

const noSuchEndpoint = (path: string) => new MlflowError('ENDPOINT_NOT_FOUND', `No endpoint at ${path}.`);
