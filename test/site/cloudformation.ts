import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a custom resource sent to CloudFormation. */
export interface ReceivedAnswer {
  readonly method: string | undefined;
  readonly contentType: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Where CloudFormation takes answers of custom resources. */
export interface FakeCloudFormation {
  readonly url: string;
  readonly answers: ReceivedAnswer[];
  readonly close: () => Promise<void>;
}

/** Takes answers with `status`. */
export async function startCloudFormation(status = 200): Promise<FakeCloudFormation> {
  const answers: ReceivedAnswer[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    answers.push({ method: request.method, contentType: request.headers['content-type'], body: JSON.parse(body) });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: Partial<AddressInfo> = Object(server.address());
  return {
    url: `http://127.0.0.1:${port}/answer?signature=x`,
    answers,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The event of a custom resource that writes the site into `bucketName`. */
export const siteEvent = (requestType: 'Create' | 'Update' | 'Delete', responseUrl: string, bucketName: string) => ({
  RequestType: requestType,
  ResponseURL: responseUrl,
  StackId: 'stack-1',
  RequestId: 'request-1',
  LogicalResourceId: 'SiteFiles',
  PhysicalResourceId: 'SiteFiles',
  ResourceType: 'Custom::SiteFiles',
  ServiceToken: 'function-1',
  ResourceProperties: { ServiceToken: 'function-1', BucketName: bucketName, Version: 'v' },
  OldResourceProperties: {},
});
