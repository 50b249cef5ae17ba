import { type AwsJsonProps, createCallAwsJson } from '../store/dynamo/client/call-aws-json.ts';
import { busEntry, type PutEvent } from './event-bus.ts';

export interface EventBridgeProps extends Omit<AwsJsonProps, 'service' | 'timeoutMs'> {
  /** The name of the bus, or its ARN. */
  readonly busName: string;
}

const TARGET = 'AWSEvents.PutEvents';
const TIMEOUT_MS = 10_000;
const MAX_QUOTED = 300;

/** What PutEvents answers, one entry for each that was sent. */
interface Answer {
  readonly FailedEntryCount?: number;
  readonly Entries?: readonly { readonly ErrorCode?: string; readonly ErrorMessage?: string }[];
}

/**
 * Puts events on a bus of Amazon EventBridge, one to a call: a call may put some of its entries and refuse others. It never tries
 * again by itself, for the queue that events come from does.
 */
export function createEventBridge(props: EventBridgeProps): PutEvent {
  const { busName, ...connection } = props;
  const call = createCallAwsJson({ ...connection, service: 'events', timeoutMs: TIMEOUT_MS });
  return async (event) => {
    const answer = await call(TARGET, { Entries: [{ ...busEntry(event), EventBusName: busName }] });
    const refusal = answer.status === 200 ? refusalOf(answer.body) : quoted(answer.body);
    if (refusal !== undefined) throw new Error(`EventBridge answered ${answer.status}: ${refusal}`);
  };
}

/** Why the entry was refused; undefined when it is on the bus. */
function refusalOf(body: string): string | undefined {
  // An answer with the status 200 is EventBridge's own.
  const { FailedEntryCount: failed, Entries: [entry] = [] } = JSON.parse(body) as Answer;
  if (failed === 0 && entry?.ErrorCode === undefined) return undefined;
  return entry?.ErrorCode === undefined ? quoted(body) : `${entry.ErrorCode}: ${entry.ErrorMessage ?? ''}`;
}

const quoted = (body: string): string => body.slice(0, MAX_QUOTED);
