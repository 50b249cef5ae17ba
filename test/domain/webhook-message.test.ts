import { describe, expect, test } from 'vitest';
import { IS_PROMPT_TAG, PROMPT_TEXT_TAG, PROMPT_TYPE_TAG } from '../../functions/domain/prompt.ts';
import type { WebhookAction, WebhookEntity } from '../../functions/domain/webhook.ts';
import {
  aliasChanged,
  exampleMessage,
  modelCreated,
  promptTagChanged,
  versionCreated,
  versionTagChanged,
  type WebhookMessage,
} from '../../functions/domain/webhook-message.ts';

const now = 1_700_000_000_123;
const tags = new Map([['a', '1']]);
const promptTags = new Map([
  [IS_PROMPT_TAG, 'true'],
  [PROMPT_TYPE_TAG, 'text'],
  [PROMPT_TEXT_TAG, 'Hi {{name}}'],
  ['a', '1'],
]);
const base = { name: 'm', description: '', tags, isPrompt: false, now };
const version = { ...base, versionNumber: 3, source: 's3://b/m', runId: '' };

const dataOf = ({ body }: WebhookMessage): unknown => JSON.parse(body).data;

test('is written as Python writes JSON, for its letters are signed', () => {
  expect(modelCreated({ ...base, name: 'é', tags: new Map(), description: 'd' })).toEqual({
    event: { entity: 'REGISTERED_MODEL', action: 'CREATED' },
    time: now,
    body:
      '{"entity": "registered_model", "action": "created", "timestamp": "2023-11-14T22:13:20.123000+00:00", ' +
      '"data": {"name": "\\u00e9", "tags": {}, "description": "d"}}',
  });
});

test('leaves a fraction of nothing out of its time', () => {
  const { body } = modelCreated({ ...base, now: 1_700_000_000_000 });
  expect(JSON.parse(body).timestamp).toBe('2023-11-14T22:13:20+00:00');
});

test('tells of a new prompt without the tags that make it one', () => {
  const message = modelCreated({ ...base, tags: promptTags, isPrompt: true });
  expect(message.event).toEqual({ entity: 'PROMPT', action: 'CREATED' });
  expect(dataOf(message)).toEqual({ name: 'm', tags: { [PROMPT_TEXT_TAG]: 'Hi {{name}}', a: '1' }, description: '' });
});

describe('a new version', () => {
  test('is told of with its source, and null for what it has not', () => {
    const message = versionCreated(version);
    expect(message.event).toEqual({ entity: 'MODEL_VERSION', action: 'CREATED' });
    expect(dataOf(message)).toEqual({
      name: 'm',
      version: '3',
      source: 's3://b/m',
      run_id: null,
      tags: { a: '1' },
      description: null,
    });
    expect(dataOf(versionCreated({ ...version, runId: 'r', description: 'd' }))).toMatchObject({
      run_id: 'r',
      description: 'd',
    });
  });

  test('of a prompt is told of with its template', () => {
    const message = versionCreated({ ...version, tags: promptTags, isPrompt: true });
    expect(message.event).toEqual({ entity: 'PROMPT_VERSION', action: 'CREATED' });
    expect(dataOf(message)).toEqual({
      name: 'm',
      version: '3',
      template: 'Hi {{name}}',
      tags: { a: '1' },
      description: null,
    });
    expect(dataOf(versionCreated({ ...version, isPrompt: true }))).toMatchObject({ template: null });
  });
});

test.each([
  ['PROMPT_TAG', 'SET', promptTagChanged({ name: 'm', key: 'k', value: 'v', now }), { key: 'k', value: 'v' }],
  ['PROMPT_TAG', 'DELETED', promptTagChanged({ name: 'm', key: 'k', value: undefined, now }), { key: 'k' }],
  ...([true, false] as const).flatMap((isPrompt) => {
    const of = { name: 'm', version: '03', key: 'k', isPrompt, now };
    const alias = { name: 'm', alias: 'a', isPrompt, now };
    const kind = isPrompt ? 'PROMPT' : 'MODEL';
    return [
      [`${kind}_VERSION_TAG`, 'SET', versionTagChanged({ ...of, value: '' }), { version: '03', key: 'k', value: '' }],
      [`${kind}_VERSION_TAG`, 'DELETED', versionTagChanged({ ...of, value: undefined }), { version: '03', key: 'k' }],
      [
        isPrompt ? 'PROMPT_ALIAS' : 'MODEL_VERSION_ALIAS',
        'CREATED',
        aliasChanged({ ...alias, version: '03' }),
        { alias: 'a', version: '03' },
      ],
      [
        isPrompt ? 'PROMPT_ALIAS' : 'MODEL_VERSION_ALIAS',
        'DELETED',
        aliasChanged({ ...alias, version: undefined }),
        { alias: 'a' },
      ],
    ] as const;
  }),
] as const)('tells of %s %s', (entity, action, message, data) => {
  expect(message.event).toEqual({ entity, action });
  expect(dataOf(message)).toEqual({ name: 'm', ...data });
});

const EXAMPLES: readonly (readonly [WebhookEntity, WebhookAction, readonly string[]])[] = [
  ['REGISTERED_MODEL', 'CREATED', ['name', 'tags', 'description']],
  ['MODEL_VERSION', 'CREATED', ['name', 'version', 'source', 'run_id', 'tags', 'description']],
  ['MODEL_VERSION_TAG', 'SET', ['name', 'version', 'key', 'value']],
  ['MODEL_VERSION_TAG', 'DELETED', ['name', 'version', 'key']],
  ['MODEL_VERSION_ALIAS', 'CREATED', ['name', 'alias', 'version']],
  ['MODEL_VERSION_ALIAS', 'DELETED', ['name', 'alias']],
  ['PROMPT', 'CREATED', ['name', 'tags', 'description']],
  ['PROMPT_VERSION', 'CREATED', ['name', 'version', 'template', 'tags', 'description']],
  ['PROMPT_TAG', 'SET', ['name', 'key', 'value']],
  ['PROMPT_TAG', 'DELETED', ['name', 'key']],
  ['PROMPT_VERSION_TAG', 'SET', ['name', 'version', 'key', 'value']],
  ['PROMPT_VERSION_TAG', 'DELETED', ['name', 'version', 'key']],
  ['PROMPT_ALIAS', 'CREATED', ['name', 'alias', 'version']],
  ['PROMPT_ALIAS', 'DELETED', ['name', 'alias']],
  [
    'BUDGET_POLICY',
    'EXCEEDED',
    [
      ...['budget_policy_id', 'budget_unit', 'budget_amount', 'current_spend', 'duration_unit', 'duration_value'],
      ...['target_scope', 'workspace', 'target_value', 'window_start'],
    ],
  ],
];

test.each(EXAMPLES)('has an example of %s %s with stock’s fields', (entity, action, fields) => {
  const message = exampleMessage({ entity, action }, now);
  expect(message.event).toEqual({ entity, action });
  expect(Object.keys(dataOf(message) as object)).toEqual(fields);
});
