import type { Context } from 'aws-lambda';
import { now, sleep } from '../platform/system.ts';
import { readWebhookSettings } from '../webhooks/settings.ts';
import { connectionsOnAws } from './connections-on-aws.ts';
import { createDeliveryHandler } from './delivery-handler.ts';
import { readEnvironment } from './env.ts';
import { eventBusOnAws } from './event-bus-on-aws.ts';
import { createLambdaLog } from './lambda-log.ts';
import { meteringOnAws } from './metering.ts';
import { createBackend } from './services.ts';

const log = createLambdaLog('deliver');
const environment = readEnvironment(process.env);
const { meter, metered } = meteringOnAws(environment.costReport, log.tellCost);
const { deliverer } = createBackend(environment, connectionsOnAws(process.env), {
  meter,
  onFailure: log.report,
  webhookSettings: readWebhookSettings(process.env),
  putEvent: eventBusOnAws(process.env),
});
const deliver = createDeliveryHandler({ deliverer, clock: now, sleep });

/** Delivers to webhooks and the event bus: what the table's stream tells of at once, what is to be tried again by a schedule. */
export const handler = (_: unknown, context: Context): Promise<void> => {
  log.follow(context);
  return metered('deliver', () => deliver(() => context.getRemainingTimeInMillis()));
};
