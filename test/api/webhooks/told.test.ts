import { expect, test } from 'vitest';
import { WEBHOOK_ENTITIES } from '../../../functions/domain/webhook.ts';
import { openRegistryApp } from '../registry-app.ts';

const { post, remove, services } = await openRegistryApp();
const { store } = services;

const EVENTS = [
  ...['REGISTERED_MODEL', 'MODEL_VERSION', 'PROMPT', 'PROMPT_VERSION', 'MODEL_VERSION_ALIAS', 'PROMPT_ALIAS'].map(
    (entity) => ({ entity, action: 'CREATED' }),
  ),
  ...Object.keys(WEBHOOK_ENTITIES)
    .filter((entity) => /TAG|ALIAS/.test(entity))
    .map((entity) => ({ entity, action: 'DELETED' })),
  ...['MODEL_VERSION_TAG', 'PROMPT_TAG', 'PROMPT_VERSION_TAG'].map((entity) => ({ entity, action: 'SET' })),
];

/** What is told of since it was last asked, in order: `[entity.action, data]`. */
async function told(): Promise<readonly unknown[]> {
  const { deliveries } = await store.claimDeliveries({ now: 1_800_000_000_000, leaseMs: 1 });
  for (const delivery of deliveries) await store.endDelivery(delivery);
  return deliveries
    .toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1))
    .map(({ body }) => JSON.parse(body))
    .map(({ entity, action, data }) => [`${entity}.${action}`, data]);
}

test('each write to the registry is told of as stock does', async () => {
  await store.createWebhook({
    webhookId: 'w',
    name: 'all',
    description: undefined,
    url: 'https://example.com',
    // As the wire names them.
    events: EVENTS as Parameters<typeof store.createWebhook>[0]['events'],
    status: 'ACTIVE',
    sealedSecret: undefined,
    creationTime: 1,
    lastUpdateTime: 1,
  });
  const isPrompt = { key: 'mlflow.prompt.is_prompt', value: 'true' };
  const text = { key: 'mlflow.prompt.text', value: 'Hi' };

  await post('registered-models/create', { name: 'm', tags: [{ key: 'a', value: '1' }] });
  await post('registered-models/create', { name: 'm' });
  await post('model-versions/create', { name: 'm', source: 's3://b/m', run_id: 'r', description: 'd' });
  await post('model-versions/create', { name: 'none', source: 's3://b/m' });
  await post('registered-models/set-tag', { name: 'm', key: 'k', value: 'v' });
  await post('model-versions/set-tag', { name: 'm', version: '1', key: 'k', value: 'v' });
  await remove('model-versions/delete-tag', { name: 'm', version: '1', key: 'none' });
  await post('registered-models/alias', { name: 'm', alias: 'champion', version: '1' });
  await post('registered-models/alias', { name: 'm', alias: 'champion', version: '9' });
  await remove('registered-models/alias', { name: 'm', alias: 'champion' });
  expect(await told()).toEqual([
    ['registered_model.created', { name: 'm', tags: { a: '1' }, description: '' }],
    ['model_version.created', { name: 'm', version: '1', source: 's3://b/m', run_id: 'r', tags: {}, description: 'd' }],
    ['model_version_tag.set', { name: 'm', version: '1', key: 'k', value: 'v' }],
    ['model_version_tag.deleted', { name: 'm', version: '1', key: 'none' }],
    ['model_version_alias.created', { name: 'm', alias: 'champion', version: '1' }],
    ['model_version_alias.deleted', { name: 'm', alias: 'champion' }],
  ]);

  await post('registered-models/create', { name: 'p', tags: [isPrompt] });
  await post('model-versions/create', { name: 'p', source: 'dummy-source', tags: [isPrompt, text] });
  await post('registered-models/set-tag', { name: 'p', key: 'k', value: 'v' });
  await remove('registered-models/delete-tag', { name: 'p', key: 'k' });
  await post('model-versions/set-tag', { name: 'p', version: '1', key: 'k', value: 'v' });
  await remove('model-versions/delete-tag', { name: 'p', version: '1', key: 'k' });
  await post('registered-models/alias', { name: 'p', alias: 'a', version: '1' });
  await remove('registered-models/alias', { name: 'p', alias: 'a' });
  expect(await told()).toEqual([
    ['prompt.created', { name: 'p', tags: {}, description: '' }],
    ['prompt_version.created', { name: 'p', version: '1', template: 'Hi', tags: {}, description: null }],
    ['prompt_tag.set', { name: 'p', key: 'k', value: 'v' }],
    ['prompt_tag.deleted', { name: 'p', key: 'k' }],
    ['prompt_version_tag.set', { name: 'p', version: '1', key: 'k', value: 'v' }],
    ['prompt_version_tag.deleted', { name: 'p', version: '1', key: 'k' }],
    ['prompt_alias.created', { name: 'p', alias: 'a', version: '1' }],
    ['prompt_alias.deleted', { name: 'p', alias: 'a' }],
  ]);
});
