import type * as z from 'zod';
import type { ArtifactLinks } from '../artifacts/artifact-links.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { Collector } from '../artifacts/gc/collector.ts';
import type { Caller } from '../domain/caller.ts';
import type { PageTokens } from '../domain/page-token.ts';
import type { Redact } from '../domain/redaction/redact.ts';
import { decodeMessage } from '../protocol/decode-message.ts';
import type { Store } from '../store/store.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { Identity } from './identity/identity.ts';
import type { HistoryAhead } from './metrics/history-ahead.ts';
import type { ReadAhead } from './runs/read-ahead.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** All that an operation may touch besides its request. */
export interface Services {
  readonly store: Store;
  readonly artifacts: ArtifactStore;
  readonly collector: Collector;
  readonly webhooks: Webhooks;
  readonly tokens: PageTokens;
  readonly clock: () => number;
  readonly random: () => number;
  /** Where artifacts of new experiments go: `mlflow-artifacts:/` or an `s3://` URI. */
  readonly artifactRoot: string;
  /** The artifact root of our own bucket, as clients name it that open S3 by themselves: `s3://<bucket>/artifacts`. */
  readonly bucketRoot: string;
  /** Presigned work for a caller that reached us at `origin`, such as `http://127.0.0.1:5000`. */
  readonly linksFor: (origin: string) => ArtifactLinks;
  /** How a file goes out: by us, or by S3, to which we then send the caller on. */
  readonly downloads: 'stream' | 'redirect';
  /** What the body of an upload may take; a laptop knows no limit. */
  readonly maxUploadBytes: number;
  /** What the rows of a page may take (see `fillPage`); a laptop knows no limit. */
  readonly maxPageBytes: number;
  /** Writes pages before they are asked for, in a process that lives on when it has answered. */
  readonly readAhead?: ReadAhead | undefined;
  readonly historyAhead?: HistoryAhead | undefined;
  /** Who calls; undefined on a server without a guard, where everybody may do everything. */
  readonly caller?: Caller | undefined;
  /** Tells the audit what was decided, on a server that keeps one. */
  readonly noteForAudit?: ((detail: string) => void) | undefined;
  /** Looks at texts that clients send to be kept; undefined keeps them as they are. */
  readonly redact?: Redact | undefined;
  /** Users and permissions, on a server with a guard. */
  readonly identity?: Identity | undefined;
}

/** What an operation may know of its request beside the message. */
export interface RequestFacts {
  /** Where the caller reached us: scheme, host and port. */
  readonly origin: string;
  /** Where the request came from, as far as the platform tells. */
  readonly address: string | undefined;
  /** The value of a cookie by its name; undefined when there is none. */
  readonly cookie: (name: string) => string | undefined;
  /** Hears who signs in by this very request: nobody can know before. */
  readonly noteSignIn: (username: string) => void;
  /** The parts of the path, percent-decoded once; they are in the message, too, where it has a field for them. */
  readonly params: Readonly<Record<string, string>>;
}

/** A message schema whose fields can be read, to take them out of a query string and to document them. */
export type MessageSchema<T> = z.ZodType<T> & { readonly fields: z.ZodRawShape };

export interface JsonOperationSpec<T> {
  readonly method: Method;
  /** Path under the prefix, as `/mlflow/experiments/create`; `:name` marks a part that goes into the message. */
  readonly path: string;
  readonly since: '2.0' | '3.0';
  /** `ajax` operations exist only under /ajax-api (MLflow: server/__init__.py). */
  readonly audience?: 'all' | 'ajax';
  readonly request: MessageSchema<T>;
  readonly handle: (input: T, services: Services, facts: RequestFacts) => Promise<object>;
}

/** Gives a decoded message, or one of the same form in its place; throws when it may not be acted on. */
export type Admit = (input: unknown) => Promise<unknown>;

/** An operation that takes a message and answers JSON, with status 200. */
export interface JsonOperation {
  readonly kind: 'json';
  readonly method: Method;
  readonly paths: readonly string[];
  readonly request: MessageSchema<unknown>;
  /** `admit` sees the decoded message before anything is done. */
  readonly respond: (raw: unknown, services: Services, facts: RequestFacts, admit?: Admit) => Promise<object>;
}

/** A request whose body or answer is no JSON message. `params` are the parts of the path, percent-decoded once. */
export interface RawRequest {
  readonly request: Request;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

export interface RawOperation {
  readonly kind: 'raw';
  readonly method: Method;
  readonly paths: readonly string[];
  readonly respond: (request: RawRequest, services: Services, facts: RequestFacts) => Promise<Response>;
}

export type Operation = JsonOperation | RawOperation;

/** Every operation exists under /api and /ajax-api with the same handler (MLflow: _get_paths). */
export const prefixed = (since: '2.0' | '3.0', path: string, audience: 'all' | 'ajax' = 'all'): readonly string[] =>
  audience === 'ajax' ? [`/ajax-api/${since}${path}`] : [`/api/${since}${path}`, `/ajax-api/${since}${path}`];

/** Declares a JSON operation: its place, its request's schema and its handler. */
export function defineOperation<T>(spec: JsonOperationSpec<T>): JsonOperation {
  return {
    kind: 'json',
    method: spec.method,
    paths: prefixed(spec.since, spec.path, spec.audience),
    request: spec.request,
    respond: (raw, services, facts, admit) => {
      const input = decodeMessage(spec.request, raw);
      // What admits a message gives it back in the same form.
      return admit
        ? admit(input).then((it) => spec.handle(it as T, services, facts))
        : spec.handle(input, services, facts);
    },
  };
}
