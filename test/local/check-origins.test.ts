import { describe, expect, test } from 'vitest';
import { checkOrigins, judgeOrigins, type OriginRules } from '../../local/check-origins.ts';

const call = async (rules: Partial<OriginRules>, headers: Record<string, string>, method = 'POST', path = '/api/x') => {
  const judge = judgeOrigins({ allowedHosts: undefined, allowedOrigins: [], publicOrigin: undefined, ...rules });
  const fetch = checkOrigins(judge, () => new Response('in'));
  return fetch(new Request(`http://127.0.0.1${path}`, { method, headers: { host: '127.0.0.1:5000', ...headers } }));
};
const statusOf = async (...args: Parameters<typeof call>) => (await call(...args)).status;

describe('a host', () => {
  test.each([
    'localhost',
    'LOCALHOST:5000',
    '127.0.0.1:1',
    '[::1]:5000',
    '0.0.0.0',
    '10.1.2.3:5000',
    '192.168.0.7',
    '172.16.0.1',
    '[fd00::1]:80',
  ])('%s is of this machine or near it', async (host) => {
    expect(await statusOf({}, { host })).toBe(200);
  });

  test.each([
    '',
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.evil.example',
    '172.32.0.1',
    '8.8.8.8',
    'localhost:5000@evil.example',
  ])('%j is refused', async (host) => {
    const answer = await call({}, { host }, 'GET');
    expect(answer.status).toBe(403);
    expect(await answer.text()).toBe('Invalid Host header - possible DNS rebinding attack detected');
  });

  test('is not asked for where only health is asked', async () => {
    for (const path of ['/health', '/version'])
      expect(await statusOf({}, { host: 'evil.example' }, 'GET', path)).toBe(200);
  });

  test('is one of the patterns where there are some', async () => {
    const rules = { allowedHosts: ['ml.example', '*.corp.example:*'] };
    expect(await statusOf(rules, { host: 'ml.example' })).toBe(200);
    expect(await statusOf(rules, { host: 'a.corp.example:5000' })).toBe(200);
    for (const host of ['localhost', 'corp.example:5000', 'ml.example.org', 'a.corp.example']) {
      expect(await statusOf(rules, { host }), host).toBe(403);
    }
    expect(await statusOf({ allowedHosts: ['*'] }, { host: 'evil.example' })).toBe(200);
  });
});

describe('an origin', () => {
  test('other than this machine may read what browsers do not show it, and not write', async () => {
    for (const origin of ['https://evil.example', 'null', 'file://', 'http://localhost.evil.example']) {
      expect(await statusOf({}, { origin }, 'POST'), origin).toBe(403);
      const read = await call({}, { origin }, 'GET');
      expect(read.status).toBe(200);
      expect(read.headers.get('access-control-allow-origin')).toBeNull();
    }
    expect(await (await call({}, { origin: 'https://evil.example' })).text()).toBe('Cross-origin request blocked');
  });

  test('of this machine, or one that is listed, may do both and see the answer', async () => {
    const rules = { allowedOrigins: ['https://ml.example', 'https://*.corp.example'] };
    for (const origin of ['http://localhost:3000', 'http://[::1]:1', 'https://ml.example', 'https://a.corp.example']) {
      const answer = await call(rules, { origin });
      expect(answer.status, origin).toBe(200);
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      const asked = await call(rules, { origin }, 'OPTIONS');
      expect(asked.status).toBe(204);
      expect(asked.headers.get('access-control-allow-methods')).toContain('PATCH');
    }
    expect(await statusOf(rules, { origin: 'https://corp.example' })).toBe(403);
  });

  test('is none for programs', async () => {
    const answer = await call({}, {});
    expect(answer.status).toBe(200);
    expect(answer.headers.get('vary')).toBeNull();
  });
});

test('a pattern with many stars takes no time', async () => {
  const rules = { allowedHosts: [`${'*a'.repeat(2000)}b`] };
  expect(await statusOf(rules, { host: 'a'.repeat(5000) })).toBe(403);
});

describe('behind a proxy', () => {
  const rules = { publicOrigin: 'https://tracklet.example.org' };

  test('the server’s own pages write, under the name that browsers know', async () => {
    const own = { host: 'tracklet.example.org', origin: 'https://tracklet.example.org' };
    expect(await statusOf(rules, own)).toBe(200);
    expect(await statusOf(rules, { host: '127.0.0.1:5000', origin: own.origin })).toBe(200);
    expect(await statusOf({}, own)).toBe(403);
  });

  test('nobody else does', async () => {
    const host = 'tracklet.example.org';
    for (const origin of ['http://tracklet.example.org', 'https://tracklet.example.org.evil.example', 'null']) {
      expect(await statusOf(rules, { host, origin }), origin).toBe(403);
    }
    expect(await statusOf(rules, { host: 'evil.example' })).toBe(403);
  });
});
