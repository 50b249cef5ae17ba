import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { CommandError } from '../../local/command-error.ts';
import { mountSite } from '../../local/site.ts';
import { newFolder } from '../support/new-folder.ts';

/** A server of a small dashboard. */
async function openSite(): Promise<Hono> {
  const folder = await newFolder();
  await mkdir(join(folder, 'assets'));
  const files = {
    'index.html': '<!doctype html>plain',
    'index.html.br': 'br',
    'assets/main-ABC.js': 'plain()',
    'assets/main-ABC.js.gz': 'gz',
    'assets/icon-X.svg': '<svg/>',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const app = new Hono();
  app.get('/api/2.0/thing', (context) => context.json({ thing: 1 }));
  mountSite(app, folder);
  app.notFound((context) => context.json({ error_code: 'ENDPOINT_NOT_FOUND' }, 404));
  return app;
}

describe('the page', () => {
  test.each([
    '/',
    '/experiments',
    '/experiments/1,2?filter=x',
    '/runs/abc',
    '/runs/abc/artifacts',
    '/models',
    '/settings',
  ])('is the answer at %s', async (path) => {
    const response = await (await openSite()).request(path);
    expect(await response.text()).toBe('<!doctype html>plain');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  test('may run and style itself from its own files alone', async () => {
    const policy = (await (await openSite()).request('/')).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  test.each([
    '/api/2.0/nothing',
    '/nothing',
    '/experiments/1/2',
    '/assets/main-XYZ.js',
    '/assets/..%2Findex.html',
    '/index.html',
  ])('is not the answer at %s', async (path) => {
    const response = await (await openSite()).request(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error_code: 'ENDPOINT_NOT_FOUND' });
  });
});

describe('a file of the page', () => {
  test('is kept for ever under its name', async () => {
    const response = await (await openSite()).request('/assets/main-ABC.js');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  test.each([
    ['br, gzip', 'gzip', 'gz'],
    ['gzip;q=0.8', 'gzip', 'gz'],
    ['deflate', null, 'plain()'],
    [undefined, null, 'plain()'],
  ])('comes compressed as the browser takes it: %s', async (accepted, encoding, text) => {
    const headers = new Headers(accepted === undefined ? [] : [['accept-encoding', accepted]]);
    const response = await (await openSite()).request('/assets/main-ABC.js', { headers });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('vary')).toBe('accept-encoding');
    expect(await response.text()).toBe(text);
  });
});

test('a dashboard that is not built says what to do', async () => {
  const folder = await newFolder();
  expect(() => mountSite(new Hono(), folder)).toThrow(CommandError);
  expect(() => mountSite(new Hono(), folder)).toThrow(/npm run build/);
});
