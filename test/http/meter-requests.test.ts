import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { type Cost, NO_COST } from '../../functions/domain/cost.ts';
import { COST_HEADER } from '../../functions/http/cost-header.ts';
import { meterRequests, type RequestMeter } from '../../functions/http/meter-requests.ts';
import { createMeter } from '../../functions/platform/meter.ts';

/** An app whose every answer took one write. */
function meteredApp(listen: Partial<RequestMeter>) {
  const { measure, record } = createMeter();
  const app = new Hono();
  app.use(meterRequests({ measure, hasHeader: false, onRequest: undefined, ...listen }));
  app.use(async (_, next) => {
    record({ writeUnits: 1 });
    await next();
  });
  app.get('/runs/:id', (context) => context.text('a run'));
  app.get('/failing', () => {
    throw new Error('failed');
  });
  app.onError((_, context) => context.text('error', 500));
  return app;
}

const ONE_WRITE = 'wru=1; rru=0; s3-get=0; s3-put=0; s3-list=0; s3-delete=0';

describe('the cost header', () => {
  test.each([
    ['/runs/7', 200],
    ['/failing', 500],
    ['/nowhere', 404],
  ])('stands on the answer to %s', async (path, status) => {
    const response = await meteredApp({ hasHeader: true }).request(path);
    expect(response.status).toBe(status);
    expect(response.headers.get(COST_HEADER)).toBe(ONE_WRITE);
  });

  test('is not there unless it is asked for', async () => {
    const response = await meteredApp({}).request('/runs/7');
    expect(response.headers.has(COST_HEADER)).toBe(false);
  });
});

describe('the listener', () => {
  test('hears the cost of each request under its route, which names no run', async () => {
    const heard: [string, Cost][] = [];
    const app = meteredApp({ onRequest: (route, cost) => heard.push([route, cost]) });
    await app.request('/runs/7');
    await app.request('/nowhere');
    const cost = { ...NO_COST, writeUnits: 1 };
    expect(heard).toEqual([
      ['GET /runs/:id', cost],
      ['GET /*', cost],
    ]);
  });
});
