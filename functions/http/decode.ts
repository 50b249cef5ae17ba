import type { JsonOperation } from '../api/operation.ts';
import { invalidParameter, MlflowError } from '../domain/errors.ts';
import { parseJson } from '../protocol/json.ts';
import { isRepeated } from '../protocol/message.ts';
import { parseShallow, readText } from './body-limits.ts';

const JSON_TYPE = 'application/json';

/** Takes the raw message out of a request: query for GET, JSON body otherwise; parts of the path win over both. */
export async function decodeRequest(
  operation: JsonOperation,
  request: Request,
  params: Readonly<Record<string, string>>,
): Promise<unknown> {
  const raw =
    request.method === 'GET'
      ? decodeQuery(operation, new URL(request.url).searchParams)
      : decodeBody(request, await readText(request));
  const isMessage = typeof raw === 'object' && raw !== null && !Array.isArray(raw);
  return isMessage ? { ...raw, ...params } : raw;
}

function decodeQuery({ request }: JsonOperation, query: URLSearchParams): object {
  const present = Object.entries(request.fields).filter(([name]) => query.has(name));
  return Object.fromEntries(
    present.map(([name, field]) => [name, isRepeated(field) ? query.getAll(name) : query.get(name)]),
  );
}

function decodeBody(request: Request, body: string): unknown {
  if (request.method === 'POST') checkContentType(request.headers.get('content-type'));
  if (body.trim() === '') return {};
  const value = parseBody(body);
  // Old clients encode their JSON twice (MLflow: _get_normalized_request_json).
  const message = typeof value === 'string' ? parseBody(value) : value;
  return message ?? {};
}

function parseBody(body: string): unknown {
  try {
    return parseShallow(body, parseJson);
  } catch (cause) {
    if (cause instanceof MlflowError) throw cause;
    const why = cause instanceof Error ? cause.message : 'not JSON';
    throw invalidParameter(`Invalid request body: it must be a JSON object. ${why}`, cause);
  }
}

function checkContentType(contentType: string | null): void {
  if (contentType === null) throw invalidParameter('Bad Request. Content-Type header is missing.');
  if (contentType.split(';')[0]?.trim() !== JSON_TYPE) {
    throw invalidParameter(`Bad Request. Content-Type must be one of ['${JSON_TYPE}'].`);
  }
}
