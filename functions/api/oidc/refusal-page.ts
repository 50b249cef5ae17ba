import { NOT_KEPT } from '../session/wire-session.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => ESCAPES[mark] ?? '');

/** What somebody sees whose sign-in failed: why, and the way back. `cookie` is set beside it. */
export const refusalPage = (reason: string, cookie: string): Response =>
  new Response(
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
      `<title>Sign-in failed</title><h1>Sign-in failed</h1><p>${escaped(reason)}</p><p><a href="/">Back</a></p></html>`,
    {
      status: 403,
      headers: {
        ...NOT_KEPT,
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'set-cookie': cookie,
      },
    },
  );
