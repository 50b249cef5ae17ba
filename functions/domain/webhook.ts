import { compareCodePoints } from './code-points.ts';
import { invalidParameter } from './errors.ts';
import { pythonRepr, pythonReprOfList } from './messages.ts';

/** What a webhook may hear of, each with its number on the wire (MLflow: protos/webhooks.proto, WebhookEntity). */
export const WEBHOOK_ENTITIES = {
  REGISTERED_MODEL: 1,
  MODEL_VERSION: 2,
  MODEL_VERSION_TAG: 3,
  MODEL_VERSION_ALIAS: 4,
  PROMPT: 5,
  PROMPT_VERSION: 6,
  PROMPT_TAG: 7,
  PROMPT_VERSION_TAG: 8,
  PROMPT_ALIAS: 9,
  BUDGET_POLICY: 10,
} as const;

/** What may happen to it, each with its number on the wire (MLflow: protos/webhooks.proto, WebhookAction). */
export const WEBHOOK_ACTIONS = { CREATED: 1, UPDATED: 2, DELETED: 3, SET: 4, EXCEEDED: 5 } as const;

/** Whether a webhook is called (MLflow: protos/webhooks.proto, WebhookStatus). */
export const WEBHOOK_STATUSES = { ACTIVE: 1, DISABLED: 2 } as const;

export type WebhookEntity = keyof typeof WEBHOOK_ENTITIES;
export type WebhookAction = keyof typeof WEBHOOK_ACTIONS;
export type WebhookStatus = keyof typeof WEBHOOK_STATUSES;

/** Something that happens, of which webhooks may be told. */
export interface WebhookEvent {
  readonly entity: WebhookEntity;
  readonly action: WebhookAction;
}

/** A receiver of events; times in ms since the epoch. */
export interface Webhook {
  readonly webhookId: string;
  readonly name: string;
  /** Undefined and '' are none. */
  readonly description: string | undefined;
  readonly url: string;
  /** Each once, by name. */
  readonly events: readonly WebhookEvent[];
  readonly status: WebhookStatus;
  /** What signs its deliveries, encrypted; undefined leaves them unsigned. */
  readonly sealedSecret: string | undefined;
  readonly creationTime: number;
  readonly lastUpdateTime: number;
}

/** The actions that each entity knows (MLflow: entities/webhook.py, VALID_ENTITY_ACTIONS). */
const ACTIONS_OF: Readonly<Record<WebhookEntity, readonly WebhookAction[]>> = {
  REGISTERED_MODEL: ['CREATED'],
  MODEL_VERSION: ['CREATED'],
  MODEL_VERSION_TAG: ['DELETED', 'SET'],
  MODEL_VERSION_ALIAS: ['CREATED', 'DELETED'],
  PROMPT: ['CREATED'],
  PROMPT_VERSION: ['CREATED'],
  PROMPT_TAG: ['DELETED', 'SET'],
  PROMPT_VERSION_TAG: ['DELETED', 'SET'],
  PROMPT_ALIAS: ['CREATED', 'DELETED'],
  BUDGET_POLICY: ['EXCEEDED'],
};

/** Throws INVALID_PARAMETER_VALUE for an action that its entity does not know (MLflow: WebhookEvent). */
export function validateEvent({ entity, action }: WebhookEvent): void {
  const actions = ACTIONS_OF[entity];
  if (actions.includes(action)) return;
  throw invalidParameter(
    `Invalid action '${action.toLowerCase()}' for entity '${entity.toLowerCase()}'. ` +
      `Valid actions are: ${pythonReprOfList(actions.map((valid) => valid.toLowerCase()))}`,
  );
}

/** Throws INVALID_PARAMETER_VALUE for a webhook that would hear of nothing (MLflow: _validate_webhook_events). */
export function validateHasEvents(events: readonly WebhookEvent[]): void {
  if (events.length > 0) return;
  throw invalidParameter('Webhook events must be a non-empty list of WebhookEvent objects: [].');
}

/** Throws INVALID_PARAMETER_VALUE for an event that is named twice (MLflow: the primary key of webhook_events). */
export function validateEventsOnce(events: readonly WebhookEvent[]): void {
  const names = events.map(eventName);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw invalidParameter(`Webhook events must each be given once. ${twice} is given twice.`);
}

/** Events by name (MLflow: the order of the primary key of webhook_events). */
export const sortedEvents = (events: readonly WebhookEvent[]): readonly WebhookEvent[] =>
  events.toSorted((a, b) => compareCodePoints(eventName(a), eventName(b)));

/**
 * Stands where a webhook's id would for what is to go to the event bus. An id that was given out is a UUID, so no webhook
 * has this one.
 */
export const EVENT_BUS_ID = 'event-bus';

/** What happened, as MLflow's clients write it: `model_version.created` (MLflow: WebhookEvent.from_str). */
export const eventName = ({ entity, action }: WebhookEvent): string => `${entity}.${action}`.toLowerCase();

/** Whether a webhook is to be told of an event. */
export const hearsOf = ({ status, events }: Webhook, { entity, action }: WebhookEvent): boolean =>
  status === 'ACTIVE' && events.some((event) => event.entity === entity && event.action === action);

// Python's IGNORECASE folds as the flags i and u do together.
const NAME = /^(?=.{1,63}$)[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/iu;

/** Throws INVALID_PARAMETER_VALUE for a name that no webhook can have (MLflow: _validate_webhook_name). */
export function validateWebhookName(name: string): void {
  if (NAME.test(name)) return;
  throw invalidParameter(
    `Webhook name ${pythonRepr(name)} is invalid. It must start and end with a letter or digit, ` +
      'be less than 63 characters long, and contain only letters, digits, dots (.), underscores (_), and hyphens (-).',
  );
}
