import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ENV } from '../../functions/entry/env.ts';
import type { UpkeepTask } from '../../functions/entry/upkeep-handler.ts';
import { RUN_WRITE_PATTERNS } from '../../functions/store/archive/run-writes.ts';
import { NEW_MESSAGE_PATTERNS } from '../../functions/store/dynamo/codecs/delivery-codec.ts';
import type { Config } from '../config.ts';
import type { ArtifactBucket } from '../constructs/artifact-bucket.ts';
import { grantPutEvents } from '../constructs/event-bus.ts';
import { FunctionSchedule } from '../constructs/function-schedule.ts';
import { type Keeping, ServiceFunction } from '../constructs/service-function.ts';
import { StreamListener } from '../constructs/stream-listener.ts';
import type { TrackingTable } from '../constructs/tracking-table.ts';

export interface UpkeepStackProps extends StackProps {
  readonly table: TrackingTable;
  readonly artifacts: ArtifactBucket;
  readonly artifactAccess: Config['artifactAccess'];
  readonly costReport: Config['costReport'];
  readonly events: Config['events'];
  readonly intervalMinutes: Config['upkeepMinutes'];
  readonly gcAfterDays: Config['gcAfterDays'];
  readonly keeping: Keeping;
}

const TIDY: UpkeepTask = { task: 'tidy' };
const SWEEP: UpkeepTask = { task: 'sweep' };
const collect = (olderThanDays: number): UpkeepTask => ({ task: 'collect', olderThanDays });

/**
 * What looks after the data beside the requests. The function that hears of every write may note work and
 * nothing else; the one that moves runs is called by schedules alone, so that there are never more than a few of it at once;
 * the one that delivers to webhooks shares a queue with itself.
 */
export class UpkeepStack extends Stack {
  readonly services: readonly ServiceFunction[];
  readonly listeners: readonly StreamListener[];

  constructor(scope: Construct, id: string, props: UpkeepStackProps) {
    super(scope, id, props);
    const {
      table,
      artifacts: bucket,
      artifactAccess,
      costReport,
      events,
      intervalMinutes,
      gcAfterDays,
      keeping: kept,
    } = props;

    const noter = new ServiceFunction(this, 'WriteNoter', {
      entry: 'note-writes.lambda.ts',
      description: 'Tracklet: notes which runs were written to',
      memoryMb: 256,
      timeout: Duration.minutes(1),
      ...kept,
    });
    table.grantNoteWork(noter);
    const runWrites = new StreamListener(this, 'RunWrites', { table, listener: noter, patterns: RUN_WRITE_PATTERNS });

    const upkeep = new ServiceFunction(this, 'Upkeep', {
      entry: 'upkeep.lambda.ts',
      description: 'Tracklet: archives runs, mends what is damaged and collects garbage',
      memoryMb: 1769,
      timeout: Duration.minutes(15),
      ...kept,
    });
    table.grantReadWrite(upkeep);
    bucket.grantReadWriteSegments(upkeep);
    // An operator may have garbage collected, too, where no schedule does.
    bucket.grantCollect(upkeep);
    upkeep.addEnvironment(ENV.artifactRoot, bucket.rootFor(artifactAccess));
    new FunctionSchedule(this, 'Schedule', {
      service: upkeep,
      events: [
        { id: 'Tidy', every: Duration.minutes(intervalMinutes), event: TIDY },
        { id: 'Sweep', every: Duration.days(1), event: SWEEP },
        ...(gcAfterDays === undefined ? [] : [{ id: 'Collect', every: Duration.days(1), event: collect(gcAfterDays) }]),
      ],
    });

    const deliverer = new ServiceFunction(this, 'Deliverer', {
      entry: 'deliver.lambda.ts',
      description: 'Tracklet: delivers events to webhooks and the event bus',
      memoryMb: 512,
      timeout: Duration.minutes(3),
      ...kept,
    });
    table.grantDeliver(deliverer);
    bucket.tellName(deliverer);
    grantPutEvents(deliverer, events);
    deliverer.addEnvironment(ENV.artifactRoot, bucket.rootFor(artifactAccess));
    const newMessages = new StreamListener(this, 'NewMessages', {
      table,
      listener: deliverer,
      patterns: NEW_MESSAGE_PATTERNS,
      // AWS: at least a second for batches of more than ten.
      window: Duration.seconds(1),
    });
    new FunctionSchedule(this, 'Deliveries', {
      service: deliverer,
      events: [{ id: 'Deliver', every: Duration.minutes(1), event: {} }],
    });

    this.services = [noter, upkeep, deliverer];
    this.listeners = [runWrites, newMessages];
    for (const service of this.services) service.addEnvironment(ENV.costReport, costReport);

    new CfnOutput(this, 'UpkeepFunction', { value: upkeep.handler.functionName });
    new CfnOutput(this, 'DelivererFunction', { value: deliverer.handler.functionName });
    new CfnOutput(this, 'WriteNoterFunction', { value: noter.handler.functionName });
  }
}
