import { describe, expect, test } from 'vitest';
import {
  hearsOf,
  sortedEvents,
  validateEvent,
  validateEventsOnce,
  validateHasEvents,
  validateWebhookName,
  WEBHOOK_ACTIONS,
  WEBHOOK_ENTITIES,
  type Webhook,
  type WebhookAction,
  type WebhookEntity,
} from '../../functions/domain/webhook.ts';

const entities = Object.keys(WEBHOOK_ENTITIES) as readonly WebhookEntity[];
const actions = Object.keys(WEBHOOK_ACTIONS) as readonly WebhookAction[];

/** As stock lists them (MLflow: entities/webhook.py, WebhookEventStr). */
const KNOWN = [
  'registered_model.created',
  'model_version.created',
  'model_version_tag.set',
  'model_version_tag.deleted',
  'model_version_alias.created',
  'model_version_alias.deleted',
  'prompt.created',
  'prompt_version.created',
  'prompt_tag.set',
  'prompt_tag.deleted',
  'prompt_version_tag.set',
  'prompt_version_tag.deleted',
  'prompt_alias.created',
  'prompt_alias.deleted',
  'budget_policy.exceeded',
];

const isValid = (entity: WebhookEntity, action: WebhookAction): boolean => {
  try {
    validateEvent({ entity, action });
    return true;
  } catch {
    return false;
  }
};

test('knows the events that stock knows, and no others', () => {
  const valid = entities.flatMap((entity) =>
    actions.filter((action) => isValid(entity, action)).map((action) => `${entity}.${action}`.toLowerCase()),
  );
  expect(valid.toSorted()).toEqual(KNOWN.toSorted());
});

test('says which actions an entity knows', () => {
  expect(() => validateEvent({ entity: 'MODEL_VERSION_TAG', action: 'CREATED' })).toThrow(
    "Invalid action 'created' for entity 'model_version_tag'. Valid actions are: ['deleted', 'set']",
  );
});

test('a webhook hears of something', () => {
  expect(() => validateHasEvents([])).toThrow('Webhook events must be a non-empty list of WebhookEvent objects: [].');
  expect(() => validateHasEvents([{ entity: 'PROMPT', action: 'CREATED' }])).not.toThrow();
});

test('events are sorted by name', () => {
  const created = { entity: 'REGISTERED_MODEL', action: 'CREATED' } as const;
  const set = { entity: 'MODEL_VERSION_TAG', action: 'SET' } as const;
  const deleted = { entity: 'MODEL_VERSION_TAG', action: 'DELETED' } as const;
  expect(sortedEvents([created, set, deleted])).toEqual([deleted, set, created]);
  expect(() => validateEventsOnce([created, set, deleted])).not.toThrow();
  expect(() => validateEventsOnce([created, set, created])).toThrow('registered_model.created is given twice');
});

describe('the name of a webhook', () => {
  test.each(['a', '9', 'A.b_c-d', 'a'.repeat(63), '\u212a'])('may be %j', (name) => {
    expect(() => validateWebhookName(name)).not.toThrow();
  });

  test.each(['', '-a', 'a-', '.a', 'a b', 'é', 'a\n', 'a/b', 'a'.repeat(64)])('may not be %j', (name) => {
    expect(() => validateWebhookName(name)).toThrow(
      'is invalid. It must start and end with a letter or digit, be less',
    );
  });
});

test('a webhook hears of its events while it is active', () => {
  const event = { entity: 'PROMPT', action: 'CREATED' } as const;
  const webhook: Webhook = {
    webhookId: 'w',
    name: 'n',
    description: undefined,
    url: 'https://example.com',
    events: [event],
    status: 'ACTIVE',
    sealedSecret: undefined,
    creationTime: 1,
    lastUpdateTime: 1,
  };
  expect(hearsOf(webhook, event)).toBe(true);
  expect(hearsOf({ ...webhook, status: 'DISABLED' }, event)).toBe(false);
  expect(hearsOf(webhook, { entity: 'PROMPT', action: 'DELETED' })).toBe(false);
  expect(hearsOf(webhook, { entity: 'PROMPT_TAG', action: 'CREATED' })).toBe(false);
});
