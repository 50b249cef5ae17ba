import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context, Hono } from 'hono';
import { PAGES } from '../web/routes/page-paths.ts';
import { CommandError } from './command-error.ts';

/** Scripts and styles from here only, nothing inline; previews of artifacts are blobs, and HTML ones sandboxed frames. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "frame-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
};

/** In the order of what is smaller; the builder writes a compressed copy beside each text. */
const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

const FILE_NAME = /^[\w-]+\.(\w+)$/;

/**
 * Serves the dashboard from the folder that build.js made: the page itself at its own paths, and under /assets/ files that
 * never change under their names. Throws CommandError when the folder is not there.
 */
export function mountSite(app: Hono, folder: string): void {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new CommandError(
      `the dashboard is not built: there is no ${join(folder, 'index.html')}. Run npm run build.`,
      1,
    );
  }
  for (const path of Object.keys(PAGES)) app.get(path, (context) => page(context, folder));
  app.get('/assets/:file', async (context, next) => (await asset(context, folder)) ?? next());
}

async function page(context: Context, folder: string): Promise<Response> {
  const response = await fileResponse(context, join(folder, 'index.html'), 'html');
  if (response === undefined) throw new Error('index.html is gone');
  response.headers.set('content-security-policy', CONTENT_SECURITY_POLICY);
  response.headers.set('referrer-policy', 'same-origin');
  response.headers.set('cache-control', 'no-cache');
  return response;
}

async function asset(context: Context, folder: string): Promise<Response | undefined> {
  const name = context.req.param('file') ?? '';
  const extension = FILE_NAME.exec(name)?.[1];
  if (extension === undefined) return undefined;
  const response = await fileResponse(context, join(folder, 'assets', name), extension);
  response?.headers.set('cache-control', 'public, max-age=31536000, immutable');
  return response;
}

/** The file in the smallest encoding that the browser takes; undefined when there is no such file. */
async function fileResponse(context: Context, path: string, extension: string): Promise<Response | undefined> {
  const accepted = new Set((context.req.header('accept-encoding') ?? '').split(/[\s,]+|;[^,]*/));
  const headers = new Headers({
    'content-type': TYPES[extension] ?? 'application/octet-stream',
    vary: 'accept-encoding',
  });
  for (const { name, suffix } of ENCODINGS) {
    const bytes = accepted.has(name) ? await readIfThere(path + suffix) : undefined;
    if (bytes === undefined) continue;
    headers.set('content-encoding', name);
    return new Response(bytes, { headers });
  }
  const bytes = await readIfThere(path);
  return bytes && new Response(bytes, { headers });
}

async function readIfThere(path: string): Promise<Buffer<ArrayBuffer> | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
