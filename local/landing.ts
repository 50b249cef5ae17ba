import { readFileSync } from 'node:fs';
import type { Hono } from 'hono';

const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

const read = (name: string): string => readFileSync(new URL(`../web/landing/${name}`, import.meta.url), 'utf8');

/** The page of a running server at `/`: how to point a client at it, with the address the browser used. */
export function mountLanding(app: Hono): void {
  const page = read('page.html');
  const style = read('style.css');
  app.get('/', (context) => {
    context.header('content-security-policy', CONTENT_SECURITY_POLICY);
    return context.html(page.replaceAll('{{address}}', escapeHtml(new URL(context.req.url).origin)));
  });
  app.get('/landing.css', (context) => context.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }));
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
