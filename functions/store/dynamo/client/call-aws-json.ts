import type { Credentials } from './authorization.ts';
import { createHttpPost, type HttpAnswer, type HttpPost } from './http-post.ts';
import { signRequest } from './sign-request.ts';

/** A service of AWS that speaks JSON as DynamoDB does, and what requests to it are signed with. */
export interface AwsJsonProps {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: () => Credentials;
  /** By which name the service knows itself in signatures. */
  readonly service: string;
  readonly clock: () => number;
  /** Bounds the silence on a connection. */
  readonly timeoutMs: number;
  /** @default over kept connections */
  readonly post?: HttpPost | undefined;
}

/** Sends one signed request, such as `AWSEvents.PutEvents` and its input; gives whatever is answered, rejects when nothing is. */
export type CallAwsJson = (target: string, input: object) => Promise<HttpAnswer>;

const CONTENT_TYPE = 'application/x-amz-json-1.1';

/** For the few calls of a service whose SDK would be a tenth of a bundle. It tries nothing again. */
export function createCallAwsJson({ clock, timeoutMs, credentials, ...props }: AwsJsonProps): CallAwsJson {
  const endpoint = new URL(props.endpoint);
  const { region, service, post = createHttpPost(endpoint, timeoutMs) } = props;
  const fixed = { host: endpoint.host, region, service, contentType: CONTENT_TYPE };
  return async (target, input) => {
    const body = JSON.stringify(input);
    return post(signRequest({ ...fixed, target, body, now: clock() }, credentials()), body);
  };
}
