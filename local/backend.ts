import type { Connections } from '../functions/entry/connections.ts';
import { type Metering, UNMETERED } from '../functions/entry/metering.ts';
import { type Backend, createBackend } from '../functions/entry/services.ts';
import { now } from '../functions/platform/system.ts';
import type { PutEvent } from '../functions/webhooks/event-bus.ts';
import type { WebhookSettings } from '../functions/webhooks/settings.ts';
import { createDeliveries } from './deliveries.ts';
import type { EmbeddedStores } from './stores.ts';
import { LOCAL_QUIET_TIMES, startUpkeep, TouchedRuns } from './upkeep.ts';

/** How a laptop's store is looked after. */
interface LocalUpkeepOptions {
  /** How long after its deletion things are removed for good, in ms; undefined for never. */
  readonly gcAfterMs?: number | undefined;
}

/** The backend of a laptop's process, and what looks after its store. */
export interface LocalBackend extends Pick<Backend, 'services' | 'identity' | 'settle'> {
  /** Begins to look after the store; `stop` waits for what is under way. */
  readonly startUpkeep: (options?: LocalUpkeepOptions) => { readonly stop: () => Promise<void> };
  /** Archives all runs that this process has written, however fresh; to be called when nobody writes any more. */
  readonly archiveAll: () => Promise<void>;
}

/** What a laptop's process may want to be different. */
interface LocalBackendOptions extends Pick<Metering, 'meter' | 'metered'>, Pick<Connections, 's3EndpointFor'> {
  /** @default MLflow's */
  readonly webhookSettings?: WebhookSettings;
  /** Takes all that webhooks may hear of. @default nobody does */
  readonly putEvent?: PutEvent | undefined;
}

/** Wires a backend over the embedded stores; `report` hears what goes wrong beside the requests. */
export function openBackend(
  stores: EmbeddedStores,
  report: (message: string, cause: unknown) => void,
  { meter, metered, s3EndpointFor, webhookSettings, putEvent }: LocalBackendOptions = UNMETERED,
): LocalBackend {
  const touched = new TouchedRuns();
  const damaged = new Set<string>();
  const { services, identity, upkeep, settle, deliverer } = createBackend(
    stores,
    // Where costs are told, each request is to bear its own.
    { ...stores.connections, s3EndpointFor, lateWrites: meter ? undefined : stores.connections.lateWrites },
    {
      meter,
      webhookSettings,
      hasEventBus: putEvent !== undefined,
      putEvent,
      onQueued: () => deliveries.wake(),
      quietTimes: LOCAL_QUIET_TIMES,
      onFailure: report,
      onRunWritten: (experimentId, runId) => touched.add(experimentId, runId, now()),
      onDamaged: (experimentId) => {
        damaged.add(experimentId);
      },
    },
  );
  const deliveries = createDeliveries({ deliverer, clock: now, report });
  return {
    services,
    identity,
    settle,
    startUpkeep: ({ gcAfterMs } = {}) => {
      const { store, collector } = services;
      const collect = gcAfterMs === undefined ? undefined : { collector, olderThanMs: gcAfterMs };
      const loop = startUpkeep({ store, upkeep, touched, damaged, collect, clock: now, report, metered });
      deliveries.start();
      return {
        stop: async () => {
          await Promise.all([loop.stop(), deliveries.stop()]);
        },
      };
    },
    archiveAll: async () => {
      for (const experimentId of touched.experiments()) {
        const runs = [...touched.of(experimentId).values()].map((run) => ({ ...run, lastWriteAt: 0 }));
        await upkeep.tidy(experimentId, runs);
      }
    },
  };
}
