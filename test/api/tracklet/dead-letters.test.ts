import { expect, test } from 'vitest';
import { column, openTestApp, textAt } from '../../support/test-app.ts';

const { call, services } = await openTestApp();
const { store } = services;
const LETTERS = '/api/2.0/tracklet/webhooks/dead-letters';
const NOW = 1_700_000_000_000;

async function addLetter(webhookId: string, failedTime: number): Promise<void> {
  const event = { entity: 'REGISTERED_MODEL', action: 'CREATED' } as const;
  const webhook = {
    webhookId,
    name: 'hook',
    description: undefined,
    url: 'https://example.com',
    events: [event],
    status: 'ACTIVE',
    sealedSecret: undefined,
    creationTime: 1,
    lastUpdateTime: 1,
  } as const;
  await store.createWebhook(webhook);
  const model = { name: webhookId, description: '', tags: new Map<string, string>(), now: NOW };
  await store.createRegisteredModel(model, () => ({ event, body: '{}', time: NOW }));
  const { deliveries } = await store.claimDeliveries({ now: NOW, leaseMs: 1000 });
  for (const delivery of deliveries) {
    await store.buryDelivery(delivery, { tries: 4, failedTime, failure: 'no answer', responseStatus: 503 });
  }
  await store.deleteWebhook(webhookId);
}

test('deliveries that were given up are listed newest first, page by page, and can be made again', async () => {
  expect((await call('GET', LETTERS)).body).toEqual({});
  for (const [webhookId, time] of [
    ['a', 1],
    ['b', 3],
    ['c', 2],
  ] as const)
    await addLetter(webhookId, time);
  const first = await call('GET', `${LETTERS}?max_results=2`);
  expect(column(first, ['dead_letters'], 'webhook_id')).toEqual(['b', 'c']);
  expect(first.body).toMatchObject({
    dead_letters: [
      {
        event: { entity: 'REGISTERED_MODEL', action: 'CREATED' },
        payload: '{}',
        tries: 4,
        failed_timestamp: 3,
        failure: 'no answer',
        response_status: 503,
      },
      {},
    ],
  });
  const next = await call('GET', `${LETTERS}?max_results=2&page_token=${textAt(first, 'next_page_token')}`);
  expect(column(next, ['dead_letters'], 'webhook_id')).toEqual(['a']);
  const ofB = await call('GET', `${LETTERS}?webhook_id=b`);
  expect(column(ofB, ['dead_letters'], 'webhook_id')).toEqual(['b']);

  const id = textAt(ofB, 'dead_letters', 0, 'dead_letter_id');
  expect(await call('POST', `${LETTERS}/${id}/redeliver`, {})).toMatchObject({ status: 200, body: {} });
  expect(await call('POST', `${LETTERS}/${id}/redeliver`, {})).toMatchObject({
    status: 404,
    body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: `Dead letter with ID ${id} not found.` },
  });
  const { deliveries } = await store.claimDeliveries({ now: NOW + 1e9, leaseMs: 1 });
  expect(deliveries).toMatchObject([{ webhookId: 'b', tries: 0, body: '{}' }]);
});

test.each(['0', '-1', '1001'])('a page of %s letters is refused', async (maxResults) => {
  expect(await call('GET', `${LETTERS}?max_results=${maxResults}`)).toMatchObject({ status: 400 });
});

test.each(['none', 'a.b', 'a.b.c', '.'])('there is no letter %s', async (id) => {
  expect(await call('POST', `${LETTERS}/${encodeURIComponent(id)}/redeliver`, {})).toMatchObject({ status: 404 });
});
