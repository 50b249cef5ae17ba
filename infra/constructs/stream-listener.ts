import { Duration, Validations } from 'aws-cdk-lib';
import { EventSourceMapping, type IEventSourceDlq, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';
import type { TrackingTable } from './tracking-table.ts';

export interface StreamListenerProps {
  readonly table: TrackingTable;
  readonly listener: ServiceFunction;
  /** Records that match one of these reach the listener; the others cost nothing. */
  readonly patterns: readonly object[];
  /** How long records are gathered. @default 5 minutes, the longest there is */
  readonly window?: Duration;
}

/** AWS: the longest. A run that is written to all the time is then noted once in five minutes. */
const WINDOW = Duration.minutes(5);
/** AWS: the largest. A batch ends at 6 MB, too. */
const BATCH_SIZE = 10_000;

/**
 * Calls a function with batches of what changes in the table, one batch of a shard at a time. A batch that keeps failing
 * is split and given up in the end: its place in the stream then lies in the queue.
 */
export class StreamListener extends Construct {
  /** Where lies what was given up. */
  readonly givenUp: IQueue;
  readonly listener: ServiceFunction;

  constructor(scope: Construct, id: string, { table, listener, patterns, window = WINDOW }: StreamListenerProps) {
    super(scope, id);
    this.listener = listener;
    const givenUp = new Queue(this, 'GivenUp', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.givenUp = givenUp;
    Validations.of(givenUp).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the queue for what is given up; nobody receives from it but people.',
    });
    new EventSourceMapping(this, 'Mapping', {
      target: listener.handler,
      eventSourceArn: table.grantListen(listener),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: BATCH_SIZE,
      maxBatchingWindow: window,
      filters: patterns.map((pattern) => ({ pattern: JSON.stringify(pattern) })),
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(6),
      onFailure: queueOfFailures(listener, givenUp),
    });
  }
}

/** Lambda sends there in the function's name. The CDK's own would also let it look at the queue, which nobody does. */
function queueOfFailures(listener: ServiceFunction, { queueArn: destination }: IQueue): IEventSourceDlq {
  listener.allow(['sqs:SendMessage'], [destination]);
  return { bind: () => ({ destination }) };
}
