import type { HttpApiEvent } from '../../functions/entry/lambda-app.ts';

/** What makes one request differ from another. */
export interface EventParts {
  readonly method?: string;
  /** As API Gateway gives it: percent-decoded. */
  readonly path: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The gateway takes them out of the headers, and puts commas between the values of one that comes more than once. */
  readonly cookies?: readonly string[];
  /** A text comes as it is, bytes come in base64. */
  readonly body?: string | Uint8Array;
}

/** A request in payload format 2.0, as API Gateway documents it. */
export function httpApiEvent({
  method = 'GET',
  path,
  query = '',
  headers = {},
  cookies,
  body,
}: EventParts): HttpApiEvent {
  const isBase64Encoded = body instanceof Uint8Array;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(cookies && { cookies: [...cookies] }),
    headers: { host: 'abc123.execute-api.us-east-1.amazonaws.com', 'x-forwarded-proto': 'https', ...headers },
    requestContext: {
      accountId: '111122223333',
      apiId: 'abc123',
      authentication: null,
      authorizer: {},
      domainName: 'abc123.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'abc123',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'mlflow-python-client' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage: '$default',
      time: '12/Mar/2026:19:03:58 +0000',
      timeEpoch: 1773342238000,
    },
    body: isBase64Encoded ? Buffer.from(body).toString('base64') : (body ?? null),
    isBase64Encoded,
  };
}
