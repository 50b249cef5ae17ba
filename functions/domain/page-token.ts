import { invalidParameter } from './errors.ts';
import { isSameText } from './same-text.ts';

/** Makes and reads page tokens: opaque to clients, signed against tampering, bound to the list they belong to. */
export interface PageTokens {
  /** `position` is what the next page starts after; any JSON value. */
  readonly seal: (list: string, position: unknown) => Promise<string>;
  /** Throws INVALID_PARAMETER_VALUE for a token that is garbage, forged, or of another list. */
  readonly open: (list: string, token: string) => Promise<unknown>;
}

/** Signs a text; the answer is url-safe and of fixed length. */
export type Sign = (text: string) => Promise<string>;

const BASE64URL = /^[A-Za-z0-9_-]+$/;

/**
 * Page tokens as `<base64url of JSON>.<signature>`.
 * The signature covers the list's name, so a token of another search is refused.
 */
export function createPageTokens(sign: Sign): PageTokens {
  const signatureOf = (list: string, body: string) => sign(`${list}\n${body}`);
  return {
    seal: async (list, position) => {
      const body = toBase64Url(JSON.stringify(position));
      return `${body}.${await signatureOf(list, body)}`;
    },
    open: async (list, token) => {
      const [body = '', signature = '', ...rest] = token.split('.');
      if (rest.length > 0 || !BASE64URL.test(body)) throw invalidToken();
      if (!isSameText(await signatureOf(list, body), signature)) throw invalidToken();
      return JSON.parse(fromBase64Url(body));
    },
  };
}

// MLflow's words; its tokens are plain base64. Ours are also refused when they belong to another search.
const invalidToken = () => invalidParameter('Invalid page token, could not base64-decode');

const toBase64Url = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const fromBase64Url = (text: string): string =>
  new TextDecoder().decode(
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0)),
  );
