import type { Context } from 'aws-lambda';
import { now } from '../platform/system.ts';
import { createS3SegmentFiles } from '../store/archive/s3-segment-files.ts';
import { createScheduledUpkeep } from '../store/archive/scheduled-upkeep.ts';
import { openRegistry } from '../store/dynamo/registry.ts';
import { connectS3 } from './connect-s3.ts';
import { connectionsOnAws } from './connections-on-aws.ts';
import { createCore, QUIET_TIMES } from './core.ts';
import { readEnvironment } from './env.ts';
import { createLambdaLog } from './lambda-log.ts';
import { meteringOnAws } from './metering.ts';
import { openCollector } from './open-collector.ts';
import { createScheduledCollect } from './scheduled-collect.ts';
import { createUpkeepHandler, type UpkeepTask } from './upkeep-handler.ts';

const log = createLambdaLog('upkeep');
const environment = readEnvironment(process.env);
const { meter, metered } = meteringOnAws(environment.costReport, log.tellCost);
const { bucketName } = environment;
const connections = connectionsOnAws(process.env);
const s3 = connectS3(connections.s3, meter);
const core = createCore(environment, connections, { meter, files: createS3SegmentFiles(s3, bucketName), openRegistry });
const collector = openCollector({ core, s3, bucketName, onFailure: log.report });
const handle = createUpkeepHandler(
  createScheduledUpkeep({
    store: core.store,
    upkeep: core.upkeep,
    workList: core.workList,
    quietTimes: QUIET_TIMES,
    clock: now,
    report: log.report,
    metered,
  }),
  createScheduledCollect({ collector, clock: now, tell: log.tell, metered }),
);

/** Archives runs, mends archives, looks for what was missed and collects garbage, by a schedule. */
export const handler = (event: UpkeepTask, context: Context): Promise<void> => {
  log.follow(context);
  return handle(event, context);
};
