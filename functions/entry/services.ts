import type { Services } from '../api/operation.ts';
import { now, random } from '../platform/system.ts';
import { createS3SegmentFiles } from '../store/archive/s3-segment-files.ts';
import { openRegistry } from '../store/dynamo/registry.ts';
import { createDeliverer, type Deliverer } from '../webhooks/deliverer.ts';
import type { PutEvent } from '../webhooks/event-bus.ts';
import { WEBHOOK_DEFAULTS, type WebhookSettings } from '../webhooks/settings.ts';
import { connectS3 } from './connect-s3.ts';
import type { Connections } from './connections.ts';
import { type Core, type CoreOptions, createCore } from './core.ts';
import type { StoreEnvironment } from './env.ts';
import { createFileServices } from './file-services.ts';
import { openCollector } from './open-collector.ts';
import { openWebhooks } from './open-webhooks.ts';

/** What a process serves with, and what it may do beside that. */
export interface Backend extends Pick<Core, 'identity' | 'upkeep' | 'workList' | 'settle'> {
  readonly services: Services;
  readonly deliverer: Deliverer;
}

/** What a process may want to be different. */
export interface BackendOptions extends CoreOptions {
  /** @default MLflow's */
  readonly webhookSettings?: WebhookSettings | undefined;
  /** Takes what goes to the event bus, where this process delivers. */
  readonly putEvent?: PutEvent | undefined;
  /** Hears of what failed and was answered as a part of a report. */
  readonly onFailure?: (message: string, cause: unknown) => void;
}

/** Wires the services of all operations, for a process that serves them all: a laptop's. */
export function createBackend(
  environment: StoreEnvironment,
  connections: Connections,
  {
    onFailure = () => undefined,
    webhookSettings: settings = WEBHOOK_DEFAULTS,
    putEvent,
    ...options
  }: BackendOptions = {},
): Backend {
  const { bucketName } = environment;
  const s3 = connectS3(connections.s3, options.meter);
  const core = createCore(environment, connections, {
    ...options,
    files: createS3SegmentFiles(s3, bucketName),
    openRegistry,
  });
  const { store, identity, upkeep, workList, settle } = core;
  const webhooks = openWebhooks(store, settings);
  const { send, openSecret } = webhooks;
  const services: Services = {
    ...core.services,
    ...createFileServices(s3, bucketName, connections),
    collector: openCollector({ core, s3, bucketName, onFailure }),
    webhooks,
  };
  const deliverer = createDeliverer({
    store,
    send,
    settings,
    openSecret,
    putEvent,
    clock: now,
    random,
    report: onFailure,
  });
  return { services, identity, upkeep, workList, settle, deliverer };
}
