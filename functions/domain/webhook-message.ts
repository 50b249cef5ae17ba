import type { TextMap } from './entities.ts';
import { IS_PROMPT_TAG, PROMPT_TEXT_TAG, PROMPT_TYPE_TAG } from './prompt.ts';
import { DEFAULT_LAYOUT, pythonJson } from './python-json.ts';
import type { WebhookAction, WebhookEntity, WebhookEvent } from './webhook.ts';

/** What a webhook is told: the event, and the JSON text that is sent, letter for letter, for it is signed. */
export interface WebhookMessage {
  readonly event: WebhookEvent;
  readonly body: string;
  /** When it happened, in ms since the epoch. */
  readonly time: number;
}

/** An event with what it tells, before it is written down (MLflow: webhooks/types.py). */
interface Told extends WebhookEvent {
  readonly data: Readonly<Record<string, unknown>>;
}

/** Fields that are undefined are left out. */
const told = (entity: WebhookEntity, action: WebhookAction, data: Told['data']): Told => ({
  entity,
  action,
  data: Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)),
});

/** Writes a message down (MLflow: webhooks/delivery.py, _send_webhook_request). */
const messageOf = ({ entity, action, data }: Told, time: number): WebhookMessage => ({
  event: { entity, action },
  body: pythonJson(
    { entity: entity.toLowerCase(), action: action.toLowerCase(), timestamp: isoTime(time), data },
    DEFAULT_LAYOUT,
  ),
  time,
});

/** As Python's isoformat writes a time in UTC. */
function isoTime(time: number): string {
  const [seconds = '', fraction = ''] = new Date(time).toISOString().split(/[.Z]/);
  return `${seconds}${fraction === '000' ? '' : `.${fraction}000`}+00:00`;
}

interface Created {
  readonly name: string;
  readonly description: string;
  readonly tags: TextMap;
  readonly isPrompt: boolean;
  readonly now: number;
}

/** A registered model, or a prompt, was created. */
export function modelCreated({ name, description, tags, isPrompt, now }: Created): WebhookMessage {
  const shown = isPrompt ? without(tags, IS_PROMPT_TAG, PROMPT_TYPE_TAG) : tags;
  const data = { name, tags: Object.fromEntries(shown), description };
  return messageOf(told(isPrompt ? 'PROMPT' : 'REGISTERED_MODEL', 'CREATED', data), now);
}

interface VersionCreated extends Created {
  readonly versionNumber: number;
  readonly source: string;
  readonly runId: string;
}

/** A version of a model, or of a prompt, was created. */
export function versionCreated(created: VersionCreated): WebhookMessage {
  const { name, versionNumber, source, tags, isPrompt, now } = created;
  const version = String(versionNumber);
  const description = created.description || null;
  if (!isPrompt) {
    const data = { name, version, source, run_id: created.runId || null, tags: Object.fromEntries(tags), description };
    return messageOf(told('MODEL_VERSION', 'CREATED', data), now);
  }
  const shown = without(tags, PROMPT_TEXT_TAG, IS_PROMPT_TAG, PROMPT_TYPE_TAG);
  const template = tags.get(PROMPT_TEXT_TAG) ?? null;
  const data = { name, version, template, tags: Object.fromEntries(shown), description };
  return messageOf(told('PROMPT_VERSION', 'CREATED', data), now);
}

interface TagChanged {
  readonly name: string;
  readonly key: string;
  /** Undefined when the tag was deleted. */
  readonly value: string | undefined;
  readonly now: number;
}

/** A tag of a prompt was set or deleted; MLflow tells nothing of a registered model's. */
export const promptTagChanged = ({ name, key, value, now }: TagChanged): WebhookMessage =>
  messageOf(told('PROMPT_TAG', value === undefined ? 'DELETED' : 'SET', { name, key, value }), now);

interface VersionTagChanged extends TagChanged {
  /** As the request wrote it. */
  readonly version: string;
  readonly isPrompt: boolean;
}

/** A tag of a version was set or deleted. */
export const versionTagChanged = ({ name, version, key, value, isPrompt, now }: VersionTagChanged): WebhookMessage =>
  messageOf(
    told(isPrompt ? 'PROMPT_VERSION_TAG' : 'MODEL_VERSION_TAG', value === undefined ? 'DELETED' : 'SET', {
      name,
      version,
      key,
      value,
    }),
    now,
  );

interface AliasChanged {
  readonly name: string;
  readonly alias: string;
  /** As the request wrote it; undefined when the alias was deleted. */
  readonly version: string | undefined;
  readonly isPrompt: boolean;
  readonly now: number;
}

/** An alias was given to a version, or deleted. */
export const aliasChanged = ({ name, alias, version, isPrompt, now }: AliasChanged): WebhookMessage =>
  messageOf(
    told(isPrompt ? 'PROMPT_ALIAS' : 'MODEL_VERSION_ALIAS', version === undefined ? 'DELETED' : 'CREATED', {
      name,
      alias,
      version,
    }),
    now,
  );

function without(tags: TextMap, ...keys: readonly string[]): TextMap {
  return new Map([...tags].filter(([key]) => !keys.includes(key)));
}

const EXAMPLE_TAGS = { example_key: 'example_value' };
const TAG = { key: 'example_key', value: 'example_value' };
const VERSION = { version: '1' };

/** What tests of webhooks are told (MLflow: webhooks/types.py, the examples of the payload classes). */
function exampleOf({ entity, action }: WebhookEvent): Told['data'] {
  const name = entity.startsWith('PROMPT') ? 'example_prompt' : 'example_model';
  const of = { name };
  const isDeletion = action === 'DELETED';
  switch (entity) {
    case 'REGISTERED_MODEL':
      return { ...of, tags: EXAMPLE_TAGS, description: 'An example registered model' };
    case 'PROMPT':
      return { ...of, tags: EXAMPLE_TAGS, description: 'An example prompt' };
    case 'MODEL_VERSION':
      return {
        ...of,
        ...VERSION,
        source: 'models:/123',
        run_id: 'abcd1234abcd5678',
        tags: EXAMPLE_TAGS,
        description: 'An example model version',
      };
    case 'PROMPT_VERSION':
      return {
        ...of,
        ...VERSION,
        template: 'Hello {{name}}!',
        tags: EXAMPLE_TAGS,
        description: 'An example prompt version',
      };
    case 'PROMPT_TAG':
      return { ...of, ...(isDeletion ? { key: TAG.key } : TAG) };
    case 'MODEL_VERSION_TAG':
    case 'PROMPT_VERSION_TAG':
      return { ...of, ...VERSION, ...(isDeletion ? { key: TAG.key } : TAG) };
    case 'MODEL_VERSION_ALIAS':
    case 'PROMPT_ALIAS':
      return { ...of, alias: 'example_alias', ...(isDeletion ? {} : VERSION) };
    case 'BUDGET_POLICY':
      return EXAMPLE_BUDGET;
  }
}

const EXAMPLE_BUDGET = {
  budget_policy_id: 'bp-abc123',
  budget_unit: 'USD',
  budget_amount: 100,
  current_spend: 105.5,
  duration_unit: 'MONTHS',
  duration_value: 1,
  target_scope: 'ENDPOINT',
  workspace: 'default',
  target_value: 'ep-abc123',
  window_start: 1_704_067_200_000,
};

/** The message that tests a webhook. */
export const exampleMessage = (event: WebhookEvent, now: number): WebhookMessage =>
  messageOf({ ...event, data: exampleOf(event) }, now);
