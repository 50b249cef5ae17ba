import type { Context } from 'aws-lambda';
import { now } from '../platform/system.ts';
import { createScheduledUpkeep } from '../store/archive/scheduled-upkeep.ts';
import { connectionsOnAws } from './connections-on-aws.ts';
import { readEnvironment } from './env.ts';
import { createLambdaLog } from './lambda-log.ts';
import { meteringOnAws } from './metering.ts';
import { createScheduledCollect } from './scheduled-collect.ts';
import { createBackend, QUIET_TIMES } from './services.ts';
import { createUpkeepHandler, type UpkeepTask } from './upkeep-handler.ts';

const log = createLambdaLog('upkeep');
const environment = readEnvironment(process.env);
const { meter, metered } = meteringOnAws(environment.costReport, log.tellCost);
const { services, upkeep, workList } = createBackend(environment, connectionsOnAws(process.env), {
  meter,
  onFailure: log.report,
});
const handle = createUpkeepHandler(
  createScheduledUpkeep({
    store: services.store,
    upkeep,
    workList,
    quietTimes: QUIET_TIMES,
    clock: now,
    report: log.report,
    metered,
  }),
  createScheduledCollect({ collector: services.collector, clock: now, tell: log.tell, metered }),
);

/** Archives runs, mends archives, looks for what was missed and collects garbage, by a schedule. */
export const handler = (event: UpkeepTask, context: Context): Promise<void> => {
  log.follow(context);
  return handle(event, context);
};
