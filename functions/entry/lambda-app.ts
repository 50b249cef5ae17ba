import { type APIGatewayProxyResult, handle, type LambdaEvent } from 'hono/aws-lambda';
import type { Guard } from '../api/guard/guard.ts';
import type { Operation, Services } from '../api/operation.ts';
import { MlflowError } from '../domain/errors.ts';
import { createApp, type Listeners } from '../http/app.ts';
import { COST_HEADER } from '../http/cost-header.ts';
import { errorResponse, type Report } from '../http/errors.ts';

/** A request as API Gateway's HTTP APIs hand it over (payload format 2.0). */
export type HttpApiEvent = Extract<LambdaEvent, { readonly rawPath: string }>;

/** AWS: an answer of Lambda ends at 6 MB. Base64 makes four bytes of three, and the headers want room. */
const MAX_BINARY_BYTES = 4_500_000;
/** Pages of searches end in time for the same 6 MB; the page token has room beside them. */
const MAX_PAGE_BYTES = 5_500_000;

/** AWS: a request of Lambda ends at 6 MB, base64 and all; above it the gateway answers by itself. */
const MAX_UPLOAD_BYTES = 6 * 2 ** 20;

const LIMITS = { downloads: 'redirect', maxUploadBytes: MAX_UPLOAD_BYTES, maxPageBytes: MAX_PAGE_BYTES } as const;

/** Under which every answer tells the gateway's id of its request: the log's lines and the gateway's access log have the same. */
const REQUEST_ID_HEADER = 'x-request-id';

/** Serves `operations` to an HTTP API, behind a guard if there is one; bodies are bytes on both ways. */
export function createLambdaApp(
  operations: readonly Operation[],
  services: Services,
  listeners: Listeners,
  guard?: Guard,
): (event: HttpApiEvent) => Promise<APIGatewayProxyResult> {
  const app = createApp(operations, { ...services, ...LIMITS }, listeners, guard);
  const { fetch } = app;
  app.fetch = async (...request) => refuseTooLarge(await fetch(...request), listeners.report);
  const answer = handle(app, { isContentTypeBinary });
  return async (event) => {
    const given = await answer({ ...event, rawPath: encodePath(event.rawPath) });
    return { ...given, headers: { ...given.headers, [REQUEST_ID_HEADER]: event.requestContext.requestId } };
  };
}

/** Only our own JSON is text for sure; a text file may be in any encoding and must come out byte for byte. */
const isContentTypeBinary = (contentType: string): boolean => !contentType.startsWith('application/json');

/**
 * HTTP APIs decode `rawPath` (hono's issue 2156), so that a space or `#` in an artifact's name would break the URL and a
 * `%` would be decoded twice. What was a slash or an encoded one is no longer told apart.
 */
const encodePath = (decoded: string): string => decoded.toWellFormed().split('/').map(encodeURIComponent).join('/');

/** Lambda would fail with a 502, which the stock client repeats for minutes; 413 it takes for the last word. */
async function refuseTooLarge(response: Response, report: Report): Promise<Response> {
  const sizeBytes = Number(response.headers.get('content-length') ?? 0);
  if (sizeBytes <= MAX_BINARY_BYTES || response.body === null) return response;
  await response.body.cancel();
  const message =
    `The answer of ${sizeBytes} bytes is beyond the ${MAX_BINARY_BYTES} that this endpoint can send at once; ` +
    'ask for it in parts with the header Range, or read the file from S3.';
  const refusal = errorResponse(new MlflowError('REQUEST_TOO_LARGE', message), report);
  const cost = response.headers.get(COST_HEADER);
  if (cost !== null) refusal.headers.set(COST_HEADER, cost);
  return refusal;
}
