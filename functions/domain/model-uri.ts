import { isLatestAlias } from './model-alias.ts';
import { parseUri } from './uri.ts';

/** What a `models:/…` URI names. */
export type ModelUri =
  | { readonly kind: 'loggedModel'; readonly modelId: string }
  | { readonly kind: 'version'; readonly name: string; readonly version: string }
  | { readonly kind: 'alias'; readonly name: string; readonly alias: string }
  /** The highest version of a stage, or of all. */
  | { readonly kind: 'latest'; readonly name: string; readonly stage: string | undefined };

const DIGITS = /^\p{Nd}+$/u;

/**
 * Reads `models:/m-…`, `models:/name/3`, `models:/name/Production`, `models:/name/latest` or `models:/name@alias`;
 * undefined for what is none of them (MLflow: store/artifact/utils/models.py, _parse_model_uri).
 */
export function parseModelUri(uri: string): ModelUri | undefined {
  const { scheme, path, query, fragment } = parseUri(uri);
  // Whoever wrote a query or a fragment meant something else.
  if (scheme !== 'models' || !path.startsWith('/') || query !== '' || fragment !== '') return undefined;
  const [name = '', suffix, ...more] = path.replace(/^\/+/, '').split('/');
  if (name.trim() === '' || more.length > 0) return undefined;
  return suffix === undefined ? withoutSuffix(name) : withSuffix(name, suffix);
}

function withoutSuffix(name: string): ModelUri | undefined {
  const at = name.lastIndexOf('@');
  if (at < 0) return { kind: 'loggedModel', modelId: name };
  const alias = name.slice(at + 1);
  return alias.trim() === '' ? undefined : { kind: 'alias', name: name.slice(0, at), alias };
}

function withSuffix(name: string, suffix: string): ModelUri | undefined {
  if (suffix.trim() === '') return undefined;
  if (DIGITS.test(suffix)) return { kind: 'version', name, version: suffix };
  return { kind: 'latest', name, stage: isLatestAlias(suffix) ? undefined : suffix };
}
