import { encodeArtifactKey, keyFault } from '../domain/artifact-key.ts';
import { findNormalPath } from '../domain/artifact-path.ts';
import { hasDotSegments } from '../domain/dot-segments.ts';

const ROAD = /^\/+(?:ajax-)?api\/2\.0\/mlflow-artifacts\/artifacts\/(.*)$/;

/** What a URL's path names: a file, nothing that this road leads to, or nothing that may be. */
export type ArtifactAddress =
  | { readonly kind: 'file'; readonly path: string; readonly encodedKey: string }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'invalid'; readonly message: string };

const ELSEWHERE: ArtifactAddress = { kind: 'elsewhere' };

const invalid = (message: string): ArtifactAddress => ({ kind: 'invalid', message });

/** Reads the path of a URL as the viewer wrote it: percent-decoded once, `+` is a plus. */
export function artifactAddressOf(uri: string): ArtifactAddress {
  const match = ROAD.exec(uri);
  if (match === null) return ELSEWHERE;
  // Platforms on the way may have folded them, or may yet.
  if (hasDotSegments(uri)) return invalid('Invalid path');
  const decoded = decodeUrl(String(match[1]));
  if (decoded === undefined) return invalid('Invalid path');
  const path = findNormalPath(decoded);
  if (path === undefined) return invalid('Invalid path');
  // A folder, or the root: the API has an answer.
  if (path === '' || decoded.endsWith('/')) return ELSEWHERE;
  const encodedKey = encodeArtifactKey(path);
  const fault = keyFault(encodedKey.replace(/%../g, '.').length);
  return fault === undefined ? { kind: 'file', path, encodedKey } : invalid(fault);
}

function decodeUrl(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
