import { now } from '../platform/system.ts';
import type { PutEvent } from '../webhooks/event-bus.ts';
import { createEventBridge } from '../webhooks/put-on-event-bridge.ts';
import { connectionTo } from './connections-on-aws.ts';
import { OPTIONAL_ENV } from './env.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The event bus that the environment names; undefined when it names none. Throws naming a variable that is missing beside it. */
export function eventBusOnAws(env: Environment): PutEvent | undefined {
  const busName = env[OPTIONAL_ENV.eventBus];
  if (!busName) return undefined;
  return createEventBridge({ ...connectionTo('events', env.AWS_ENDPOINT_URL_EVENTBRIDGE, env), busName, clock: now });
}
