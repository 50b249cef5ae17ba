import type { Context } from 'aws-lambda';
import { now, random, sleep } from '../platform/system.ts';
import { openRegistry } from '../store/dynamo/registry.ts';
import { createDeliverer } from '../webhooks/deliverer.ts';
import { readWebhookSettings } from '../webhooks/settings.ts';
import { noFiles } from './absent.ts';
import { connectionsOnAws } from './connections-on-aws.ts';
import { createCore } from './core.ts';
import { createDeliveryHandler } from './delivery-handler.ts';
import { readEnvironment } from './env.ts';
import { eventBusOnAws } from './event-bus-on-aws.ts';
import { createLambdaLog } from './lambda-log.ts';
import { meteringOnAws } from './metering.ts';
import { openWebhooks } from './open-webhooks.ts';

const log = createLambdaLog('deliver');
const { report } = log;
const environment = readEnvironment(process.env);
const settings = readWebhookSettings(process.env);
const { meter, metered } = meteringOnAws(environment.costReport, log.tellCost);
const { store } = createCore(environment, connectionsOnAws(process.env), { meter, files: noFiles, openRegistry });
const { send, openSecret } = openWebhooks(store, settings);
const putEvent = eventBusOnAws(process.env);
const deliverer = createDeliverer({ store, send, settings, openSecret, putEvent, clock: now, random, report });
const deliver = createDeliveryHandler({ deliverer, clock: now, sleep });

/** Delivers to webhooks and the event bus: what the table's stream tells of at once, what is to be tried again by a schedule. */
export const handler = (_: unknown, context: Context): Promise<void> => {
  log.follow(context);
  return metered('deliver', () => deliver(() => context.getRemainingTimeInMillis()));
};
