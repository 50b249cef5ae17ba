import { Stack } from 'aws-cdk-lib';
import { OPTIONAL_ENV } from '../../functions/entry/env.ts';
import type { ServiceFunction } from './service-function.ts';

/** The account's own bus, on which the rules of others listen. */
const BUS_NAME = 'default';

/** Has a function, where events are on, keep them for the bus in the transactions of what they tell of; it does not reach the bus. */
export function tellOfEvents(service: ServiceFunction, isOn: boolean): void {
  if (!isOn) return;
  service.addEnvironment(OPTIONAL_ENV.eventBus, BUS_NAME);
}

/** Lets a function, where events are on, put them on the bus, and do nothing else there. */
export function grantPutEvents(service: ServiceFunction, isOn: boolean): void {
  if (!isOn) return;
  const busArn = Stack.of(service).formatArn({ service: 'events', resource: 'event-bus', resourceName: BUS_NAME });
  service.allow(['events:PutEvents'], [busArn]);
  service.addEnvironment(OPTIONAL_ENV.eventBus, BUS_NAME);
}
