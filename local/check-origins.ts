/** What requests may come from and be for; each pattern may hold `*`. */
export interface OriginRules {
  /** Values of `Host`; undefined for those of this machine and of private networks. */
  readonly allowedHosts: readonly string[] | undefined;
  /** Values of `Origin` that may write besides this machine's own; none by default. */
  readonly allowedOrigins: readonly string[];
  /** The server's own origin where it is behind a proxy, as `https://tracklet.example.org`. */
  readonly publicOrigin: string | undefined;
}

/** MLflow's words (server/security_utils.py). */
const INVALID_HOST = 'Invalid Host header - possible DNS rebinding attack detected';
const CROSS_ORIGIN = 'Cross-origin request blocked';

const HEALTH: ReadonlySet<string> = new Set(['/health', '/version']);
const HARMLESS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?::\d+)?$/i;
/** Addresses alone: MLflow's `10.*` is also the name 10.example.org, which whoever owns it can point anywhere. */
const PRIVATE_ADDRESS =
  /^(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|\[f[cd][0-9a-f:]+\])(?::\d+)?$/i;

/** How a request comes in, as far as it shows who may have made a browser send it. */
export interface Approach {
  /** The header `Host`; '' for none. */
  readonly host: string;
  /** The header `Origin`, which browsers send and programs do not. */
  readonly origin: string | undefined;
  readonly method: string;
  /** Asked for only under a host that is not allowed. */
  readonly path: string;
}

/**
 * What is to be done with a request: refuse it, let it in, or let it in and let the browser show the answer to pages of
 * `origin`.
 */
export type OriginVerdict =
  | { readonly kind: 'refuse'; readonly message: string }
  | { readonly kind: 'pass' }
  | { readonly kind: 'share'; readonly origin: string };

export type JudgeOrigins = (approach: Approach) => OriginVerdict;

const PASS: OriginVerdict = { kind: 'pass' };

/**
 * Finds out what a page of another site may have made a browser send: requests under a name that was pointed here (DNS
 * rebinding), and writes from another origin. Programs send the name they were given and no origin (MLflow 3.5 and later do
 * the same; options of the same names).
 */
export function judgeOrigins({ allowedHosts, allowedOrigins, publicOrigin }: OriginRules): JudgeOrigins {
  const isAllowed = allowedHosts ? anyOf(allowedHosts) : isNearby;
  const publicHost = publicOrigin && new URL(publicOrigin).host;
  const isHost = (host: string) => isAllowed(host) || host.toLowerCase() === publicHost;
  const isAllowedOrigin = anyOf(allowedOrigins);
  const isListed = (origin: string) => isAllowedOrigin(origin) || origin.toLowerCase() === publicOrigin;
  return (approach) => {
    const { host, origin, method } = approach;
    if (!isHost(host) && !HEALTH.has(approach.path)) return { kind: 'refuse', message: INVALID_HOST };
    if (origin === undefined) return PASS;
    if (isLocalOrigin(origin) || isListed(origin)) return { kind: 'share', origin };
    return HARMLESS.has(method) ? PASS : { kind: 'refuse', message: CROSS_ORIGIN };
  };
}

/** What lets pages of an origin read an answer. */
export const sharingHeaders = (origin: string): Readonly<Record<string, string>> => ({
  'access-control-allow-origin': origin,
  'access-control-allow-credentials': 'true',
});

/** Answers requests; the second argument is what the platform tells beside them. */
type Fetch = (request: Request, env?: object) => Response | Promise<Response>;

/** Answers the requests that `judge` lets in, and browsers that ask whether they may send one. */
export const checkOrigins =
  (judge: JudgeOrigins, fetch: Fetch): Fetch =>
  async (request, env) => {
    const { headers, method, url } = request;
    const host = headers.get('host') ?? '';
    const origin = headers.get('origin') ?? undefined;
    const verdict = judge({
      host,
      origin,
      method,
      get path() {
        return new URL(url).pathname;
      },
    });
    switch (verdict.kind) {
      case 'refuse':
        return new Response(verdict.message, { status: 403, headers: { 'content-type': 'text/plain; charset=utf-8' } });
      case 'pass':
        return fetch(request, env);
      case 'share':
        return share(method === 'OPTIONS' ? preflight() : await fetch(request, env), verdict.origin);
    }
  };

const isNearby = (host: string): boolean => LOCAL_HOST.test(host) || PRIVATE_ADDRESS.test(host);

/** A page of this machine, on any port: a dashboard under development. */
function isLocalOrigin(origin: string): boolean {
  const { protocol, host } = URL.canParse(origin) ? new URL(origin) : { protocol: '', host: '' };
  return /^https?:$/.test(protocol) && /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(host);
}

/** Lets the browser show an answer to the page that asked. */
function share(response: Response, origin: string): Response {
  for (const [name, value] of Object.entries(sharingHeaders(origin))) response.headers.set(name, value);
  response.headers.append('vary', 'Origin');
  return response;
}

const preflight = (): Response =>
  new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS, PATCH',
      // With credentials a `*` would be the name of a header.
      'access-control-allow-headers': 'authorization, content-type, range, x-tracklet-csrf',
    },
  });

/** Whether a text is one of the patterns; `*` stands for anything. */
function anyOf(patterns: readonly string[]): (text: string) => boolean {
  const tests = patterns.map(wildcard);
  return (text) => tests.some((matches) => matches(text.toLowerCase()));
}

/** Looks for the pieces between the stars one after the other: linear, whatever the pattern. */
function wildcard(pattern: string): (text: string) => boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  if (rest.length === 0) return (text) => text === first;
  const last = rest.pop() ?? '';
  return (text) => {
    if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
    let from = first.length;
    for (const piece of rest) {
      const at = text.indexOf(piece, from);
      if (at < 0) return false;
      from = at + piece.length;
    }
    return from <= text.length - last.length;
  };
}
