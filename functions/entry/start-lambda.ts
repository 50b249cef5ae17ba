import type { Context } from 'aws-lambda';
import type { APIGatewayProxyResult } from 'hono/aws-lambda';
import type { Operation, Services } from '../api/operation.ts';
import type { Meter } from '../platform/meter.ts';
import type { SegmentFiles } from '../store/archive/segment-files.ts';
import { absent } from './absent.ts';
import { cacheBytesOnAws } from './cache-on-aws.ts';
import type { Connections } from './connections.ts';
import { connectionsOnAws } from './connections-on-aws.ts';
import { type Core, type CoreServices, createCore } from './core.ts';
import { type FunctionEnvironment, readEnvironment } from './env.ts';
import { createLambdaApp, type HttpApiEvent } from './lambda-app.ts';
import { createLambdaLog, type LambdaLog } from './lambda-log.ts';
import { meteringOnAws } from './metering.ts';
import { damageNoter } from './note-damage.ts';

/** What an entry exports for Lambda to call. */
export type LambdaHandler = (event: HttpApiEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** What an entry makes its services of. */
export interface LambdaProcess extends Pick<FunctionEnvironment, 'bucketName'> {
  readonly connections: Connections;
  readonly meter: Meter | undefined;
  readonly report: LambdaLog['report'];
  /** Opens the store; without files for those that never search archived runs. */
  readonly openCore: (files?: SegmentFiles) => Core;
}

/** Services that not every function has. */
type Parts = Omit<Services, keyof CoreServices>;

/** The core of a function, and the parts that its operations ask for. */
interface LambdaServices {
  readonly core: Core;
  readonly parts: Partial<Parts>;
}

/**
 * Wires one function: its operations, the services that its entry opens for them, its log. Throws when a variable of the
 * environment is missing or wrong.
 */
export function startLambda(
  serviceName: string,
  operations: readonly Operation[],
  open: (process: LambdaProcess) => LambdaServices,
): LambdaHandler {
  const log = createLambdaLog(serviceName);
  const environment = readEnvironment(process.env);
  const connections = connectionsOnAws(process.env);
  const { meter, requests } = meteringOnAws(environment.costReport, log.tellCost);
  const { report } = log;
  const openCore = (files = absent<SegmentFiles>('segment files')): Core => {
    const maxCacheBytes = cacheBytesOnAws(process.env);
    const onDamaged = damageNoter(() => opened.workList, report);
    const opened = createCore(environment, connections, { meter, maxCacheBytes, onDamaged, files });
    return opened;
  };
  const { core, parts } = open({ bucketName: environment.bucketName, connections, meter, report, openCore });
  const services: Services = {
    artifacts: absent('artifacts'),
    linksFor: absent('links'),
    collector: absent('collector'),
    webhooks: absent('webhooks'),
    ...core.services,
    ...parts,
  };
  const app = createLambdaApp(operations, services, { report, meter: requests });
  return (event, context) => {
    log.follow(context);
    return app(event);
  };
}
