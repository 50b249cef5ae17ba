import { invalidParameter } from './errors.ts';
import { decodings } from './percent.ts';

/** A URI taken apart; `scheme` is in lower case, and empty for a plain path. */
export interface Uri {
  readonly scheme: string;
  /** What follows `//`: host, bucket or container; undefined without `//`. */
  readonly authority: string | undefined;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*(?=:)/;
const AUTHORITY = /^\/\/[^/]*/;

/** Takes a URI or a path apart at its delimiters; decodes nothing and refuses nothing (Python: urllib.parse.urlsplit). */
export function parseUri(text: string): Uri {
  const [beforeFragment, fragment] = cutAt(text, '#');
  const [beforeQuery, query] = cutAt(beforeFragment, '?');
  const scheme = SCHEME.exec(beforeQuery)?.[0];
  const rest = scheme === undefined ? beforeQuery : beforeQuery.slice(scheme.length + 1);
  const authority = AUTHORITY.exec(rest)?.[0];
  return {
    scheme: scheme?.toLowerCase() ?? '',
    authority: authority?.slice(2),
    path: authority === undefined ? rest : rest.slice(authority.length),
    query,
    fragment,
  };
}

function cutAt(text: string, mark: string): readonly [before: string, after: string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function formatUri({ scheme, authority, path, query, fragment }: Uri): string {
  const head = scheme && `${scheme}:`;
  const host = authority === undefined ? '' : `//${authority}`;
  return `${head}${host}${path}${query && `?${query}`}${fragment && `#${fragment}`}`;
}

/** Throws INVALID_PARAMETER_VALUE for a query that holds `..`, also encoded (MLflow: utils/uri.py, validate_query_string). */
export function validateQuery(query: string): void {
  const forms = decodings(query);
  if (forms === undefined || forms.some((form) => form.includes('..'))) throw invalidParameter('Invalid query string');
}

/**
 * Appends segments to the path of a URI, before its query; exactly one slash joins them, and slashes before a segment
 * don't make it absolute. Throws when the query holds `..` (MLflow: utils/uri.py, append_to_uri_path).
 */
export function appendToUriPath(root: string, ...segments: readonly string[]): string {
  const uri = parseUri(root);
  validateQuery(uri.query);
  // A plain path is a path to its end.
  if (uri.scheme === '') return segments.reduce(joinPath, root);
  const isBare = uri.authority !== undefined && uri.path === '';
  return formatUri({ ...uri, path: segments.reduce(joinPath, isBare ? '/' : uri.path) });
}

function joinPath(path: string, segment: string): string {
  if (path === '') return segment;
  return `${path.replace(/\/$/, '')}/${segment.replace(/^\/+/, '')}`;
}
