import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that Secrets Manager got. */
interface AskedSecret {
  readonly target: unknown;
  readonly contentType: unknown;
  readonly authorization: unknown;
  readonly body: unknown;
}

/** Secrets Manager, as far as it is asked. */
export interface FakeSecretsManager {
  readonly url: string;
  readonly asked: AskedSecret[];
  /** What it answers to the next requests, in turn; then the secrets. */
  readonly troubles: (readonly [status: number, body: string])[];
  readonly secrets: Map<string, string>;
  readonly close: () => Promise<void>;
}

/** Answers with secrets by their ARNs. */
export async function startSecretsManager(): Promise<FakeSecretsManager> {
  const asked: AskedSecret[] = [];
  const troubles: (readonly [number, string])[] = [];
  const secrets = new Map<string, string>();
  const server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
    const { 'x-amz-target': target, 'content-type': contentType, authorization } = request.headers;
    asked.push({ target, contentType, authorization, body });
    const secret = secrets.get(body.SecretId);
    const known = [200, JSON.stringify({ ARN: body.SecretId, SecretString: secret })] as const;
    const unknown = [400, JSON.stringify({ __type: 'ResourceNotFoundException' })] as const;
    const [status, text] = troubles.shift() ?? (secret === undefined ? unknown : known);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: Partial<AddressInfo> = Object(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    troubles,
    secrets,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
