import { describe, expect, test } from 'vitest';
import { column, textAt, valueAt } from '../../support/test-app.ts';
import { startReceiver } from '../../webhooks/receiver.ts';
import { CREATED, openWebhookApp, WEBHOOK } from './webhook-app.ts';

const app = await openWebhookApp();
const { post, get, patch, remove, newWebhook, store } = app;

const refusal = (message: string) => ({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE', message } });
const absent = (id: string) => ({
  status: 404,
  body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: `Webhook with ID ${id} not found.` },
});

describe('200', () => {
  test('a webhook is made, and never shows its secret', async () => {
    const events = [CREATED, { entity: 'MODEL_VERSION_TAG', action: 'SET' }];
    const answer = await post('webhooks', { ...WEBHOOK, description: 'd', secret: 'hunter2', events });
    expect(answer).toMatchObject({ status: 200 });
    const id = textAt(answer, 'webhook', 'webhook_id');
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const webhook = {
      webhook_id: id,
      name: 'hook',
      description: 'd',
      url: WEBHOOK.url,
      events: events.toReversed(),
      status: 'ACTIVE',
      creation_timestamp: expect.any(Number),
      last_updated_timestamp: expect.any(Number),
    };
    expect(answer.body).toEqual({ webhook });
    expect((await get(`webhooks/${id}`)).body).toEqual({ webhook });
    const kept = await store.findWebhook(id);
    expect(JSON.stringify(kept)).not.toContain('hunter2');
    expect(kept && (await app.webhooks.openSecret(kept))).toBe('hunter2');
  });

  test('only what is given is changed', async () => {
    const id = await newWebhook({ description: 'd', secret: 's' });
    const before = await store.findWebhook(id);
    expect((await patch(id, { name: '', url: '', events: [] })).status).toBe(200);
    expect(await store.findWebhook(id)).toEqual({ ...before, lastUpdateTime: expect.any(Number) });
    const events = [{ entity: 'PROMPT', action: 'CREATED' }];
    const answer = await patch(id, { name: 'other', description: '', secret: '', status: 'DISABLED', events });
    expect(valueAt(answer, 'webhook')).toMatchObject({ name: 'other', status: 'DISABLED', events, url: WEBHOOK.url });
    expect(valueAt(answer, 'webhook', 'description')).toBeUndefined();
    expect((await store.findWebhook(id))?.sealedSecret).toBeUndefined();
    await patch(id, { secret: 'new' });
    const kept = await store.findWebhook(id);
    expect(kept && (await app.webhooks.openSecret(kept))).toBe('new');
  });

  test('webhooks are listed newest first, page by page, without those that were deleted', async () => {
    for (const { webhookId } of await store.listWebhooks()) await store.deleteWebhook(webhookId);
    expect((await get('webhooks')).body).toEqual({});
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) ids.push(await newWebhook({ name }));
    expect(await remove(ids[1] ?? '')).toMatchObject({ status: 200, body: {} });
    const first = await get('webhooks', { max_results: 2 });
    expect(column(first, ['webhooks'], 'name')).toEqual(['d', 'c']);
    const page_token = textAt(first, 'next_page_token');
    const last = await get('webhooks', { max_results: 2, page_token });
    expect(column(last, ['webhooks'], 'name')).toEqual(['a']);
    expect(valueAt(last, 'next_page_token')).toBeUndefined();
    expect(column(await get('webhooks', { max_results: 0 }), ['webhooks'], 'name')).toEqual(['d', 'c', 'a']);
  });

  test('a test that cannot reach its receiver says so', async () => {
    const id = await newWebhook({ url: 'https://example.com/hook' });
    await store.updateWebhook(id, (webhook) => ({ ...webhook, url: 'https://inside.example/' }));
    const { status, body } = await post(`webhooks/${id}/test`, {});
    expect(status).toBe(200);
    expect(body).toEqual({
      result: {
        success: false,
        error_message: expect.stringMatching(/^Failed to test webhook: .*not a public IP address/),
      },
    });
  });
});

describe('400', () => {
  test.each([
    [
      { name: undefined },
      "Missing value for required parameter 'name'. See the API docs for more information about request parameters.",
    ],
    [
      { url: '' },
      "Missing value for required parameter 'url'. See the API docs for more information about request parameters.",
    ],
    [
      { events: undefined },
      "Missing value for required parameter 'events'. See the API docs for more information about request parameters.",
    ],
    [{ events: [] }, 'Webhook events must be a non-empty list of WebhookEvent objects: [].'],
    [
      { events: [{ entity: 'PROMPT', action: 'SET' }] },
      "Invalid action 'set' for entity 'prompt'. Valid actions are: ['created']",
    ],
    [{ url: 'http://example.com' }, "Invalid webhook URL scheme: 'http'. Allowed schemes are: https."],
    [
      { url: 'https://inside.example/' },
      "Webhook URL must not resolve to a non-public IP address. 'inside.example' resolves to 10.0.0.1.",
    ],
    [
      { url: 'https://127.0.0.1/' },
      "Webhook URL must not resolve to a non-public IP address. '127.0.0.1' resolves to 127.0.0.1.",
    ],
    [
      { url: 'https://nowhere.example' },
      "Cannot resolve Webhook URL hostname 'nowhere.example': getaddrinfo ENOTFOUND nowhere.example",
    ],
  ])('a webhook with %j is not made', async (fields, message) => {
    expect(await post('webhooks', { ...WEBHOOK, ...fields })).toMatchObject(refusal(message));
  });

  test.each([
    { name: '-' },
    { events: 'x' },
    { events: [{}] },
    { events: [{ entity: 'X', action: 'SET' }] },
    { status: 'X' },
  ])('a webhook with %j is not made', async (fields) => {
    expect(await post('webhooks', { ...WEBHOOK, ...fields })).toMatchObject({ status: 400 });
  });

  test('nothing of a refused change is made', async () => {
    const id = await newWebhook();
    const before = await store.findWebhook(id);
    expect(await patch(id, { name: 'fine', url: 'https://10.0.0.1' })).toMatchObject({ status: 400 });
    expect(await patch(id, { name: '-' })).toMatchObject({ status: 400 });
    expect(await patch(id, { events: [{ entity: 'PROMPT', action: 'SET' }] })).toMatchObject({ status: 400 });
    expect(await store.findWebhook(id)).toEqual(before);
  });

  test.each([-1, 1001])('a page of %i is refused', async (maxResults) => {
    const answer = await get('webhooks', { max_results: maxResults });
    expect(answer).toMatchObject(refusal('max_results must be between 1 and 1000.'));
  });

  test('an event that there is not cannot be tested', async () => {
    const event = { entity: 'PROMPT', action: 'SET' };
    expect(await post(`webhooks/${await newWebhook()}/test`, { event })).toMatchObject({ status: 400 });
  });
});

test('404: a webhook that is not there', async () => {
  for (const id of ['none', await newWebhook()]) {
    await remove(id);
    expect(await get(`webhooks/${id}`)).toMatchObject(absent(id));
    expect(await patch(id, { name: 'a' })).toMatchObject(absent(id));
    expect(await remove(id)).toMatchObject(absent(id));
    expect(await post(`webhooks/${id}/test`, {})).toMatchObject(absent(id));
  }
});

test('a webhook is tested by an example of its first event, or of the one that is asked for', async () => {
  const receiver = await startReceiver();
  const open = await openWebhookApp({ allowsPrivateIps: true, allowedSchemes: ['http'] });
  const id = await open.newWebhook({ url: receiver.url, secret: 's' });
  expect((await open.post(`webhooks/${id}/test`, {})).body).toEqual({
    result: { success: true, response_status: 200, response_body: 'ok' },
  });
  receiver.answerNext({ status: 500, body: 'broken' });
  const event = { entity: 'PROMPT_ALIAS', action: 'DELETED' };
  expect((await open.post(`webhooks/${id}/test`, { event })).body).toEqual({
    result: { success: false, response_status: 500, response_body: 'broken' },
  });
  const [first, second] = receiver.received.map(({ body }) => JSON.parse(body));
  expect(first).toMatchObject({ entity: 'registered_model', action: 'created', data: { name: 'example_model' } });
  expect(second).toMatchObject({ entity: 'prompt_alias', data: { name: 'example_prompt', alias: 'example_alias' } });
  expect(receiver.received[0]?.headers['x-mlflow-signature']).toMatch(/^v1,.{44}$/);
});
