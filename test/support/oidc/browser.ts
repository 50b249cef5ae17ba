import { expect } from 'vitest';
import type { TestApp } from '../test-app.ts';

/** Where the app of the tests is: it listens nowhere. */
const ORIGIN = 'http://127.0.0.1';

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly host: string;
}

/** A browser as far as a sign-in needs one: cookies, redirects and forms. */
export interface Browser {
  /** One request to the app or elsewhere; redirects are for the caller. */
  readonly visit: (url: string, init?: RequestInit) => Promise<Response>;
  /** Begins a sign-in: where the app sends the browser. */
  readonly begin: (returnTo?: string) => Promise<URL>;
  /** Signs in at the provider, consents, and gives where it sends the browser back to. */
  readonly passProvider: (url: URL, login: string) => Promise<URL>;
  /** All of it, up to the app's last answer. */
  readonly signIn: (login: string, returnTo?: string) => Promise<Response>;
  /** The cookies for a path of the app, by name. */
  readonly cookies: () => ReadonlyMap<string, string>;
  readonly setCookie: (name: string, value: string) => void;
}

const MAX_STEPS = 20;

/** Opens a browser on the app, with no cookies; on a server that listens by its origin. */
export function openBrowser(fetchApp: TestApp['fetch'], origin = ORIGIN): Browser {
  const jar = new Map<string, Cookie>();
  const isFor = ({ host, path }: Cookie, url: URL) => host === url.host && url.pathname.startsWith(path);

  const keep = (text: string, host: string) => {
    const [pair = '', ...attributes] = text.split('; ');
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const attribute = (wanted: string) =>
      attributes.find((each) => each.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
    const path = attribute('path') ?? '/';
    const expires = attribute('expires');
    const isOver = attribute('max-age') === '0' || (expires !== undefined && Date.parse(expires) < Date.now());
    if (isOver) jar.delete(`${host} ${path} ${name}`);
    else jar.set(`${host} ${path} ${name}`, { name, value, path, host });
  };

  const visit: Browser['visit'] = async (url, init = {}) => {
    const target = new URL(url, origin);
    const headers = new Headers(init.headers);
    const sent = [...jar.values()].filter((cookie) => isFor(cookie, target));
    if (sent.length > 0) headers.set('cookie', sent.map(({ name, value }) => `${name}=${value}`).join('; '));
    const request = new Request(target, { ...init, headers, redirect: 'manual' });
    const response = target.origin === origin ? await fetchApp(request) : await fetch(request);
    for (const text of response.headers.getSetCookie()) keep(text, target.host);
    return response;
  };

  const begin: Browser['begin'] = async (returnTo) => {
    const query = returnTo === undefined ? '' : `?return_to=${encodeURIComponent(returnTo)}`;
    const response = await visit(`/api/2.0/tracklet/oidc/login${query}`);
    expect(response.status).toBe(302);
    return new URL(response.headers.get('location') ?? '');
  };

  const passProvider: Browser['passProvider'] = async (start, login) => {
    let url = start;
    let form: URLSearchParams | undefined;
    for (let step = 0; step < MAX_STEPS; step += 1) {
      const response = await visit(url.href, form && { method: 'POST', body: form });
      const location = response.headers.get('location');
      form = undefined;
      if (location !== null) {
        url = new URL(location, url);
        if (url.origin === origin) return url;
        continue;
      }
      const page = await response.text();
      const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      if (action === undefined || prompt === undefined)
        throw new Error(`no form at ${url}: ${response.status} ${page}`);
      url = new URL(action, url);
      form = new URLSearchParams(prompt === 'login' ? { prompt, login, password: 'any' } : { prompt });
    }
    throw new Error('the provider leads nowhere');
  };

  return {
    visit,
    begin,
    passProvider,
    signIn: async (login, returnTo) => {
      const back = await passProvider(await begin(returnTo), login);
      return visit(back.href);
    },
    cookies: () => {
      const own = [...jar.values()].filter(({ host }) => host === new URL(origin).host);
      return new Map(own.map(({ name, value }) => [name, value]));
    },
    setCookie: (name, value) => keep(`${name}=${value}; Path=/`, new URL(origin).host),
  };
}
