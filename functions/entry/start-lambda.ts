import type { Context } from 'aws-lambda';
import type { APIGatewayProxyResult } from 'hono/aws-lambda';
import type { Operation } from '../api/operation.ts';
import { connectionsOnAws } from './connections-on-aws.ts';
import { type CostReport, readEnvironment } from './env.ts';
import { createLambdaApp, type HttpApiEvent } from './lambda-app.ts';
import { createLambdaLog } from './lambda-log.ts';
import { createMetering, type Metering, type TellCost, UNMETERED } from './metering.ts';
import { createBackend } from './services.ts';

/** What an entry exports for Lambda to call. */
export type LambdaHandler = (event: HttpApiEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** Wires one function: its operations, the services from the environment, its log. Throws when a variable is missing or wrong. */
export function startLambda(serviceName: string, operations: readonly Operation[]): LambdaHandler {
  const log = createLambdaLog(serviceName);
  const environment = readEnvironment(process.env);
  const { meter, requests } = meteringFor(environment.costReport, log.tellCost);
  const { services } = createBackend(environment, connectionsOnAws(process.env), { meter });
  const app = createLambdaApp(operations, services, { report: log.report, meter: requests });
  return (event, context) => {
    log.follow(context);
    return app(event);
  };
}

/** The metering that a function is configured for; `tell` writes metrics. */
function meteringFor(report: CostReport, tell: TellCost): Metering {
  if (report === 'none') return UNMETERED;
  const onCost = report === 'header' ? undefined : tell;
  return createMetering({ hasHeader: report !== 'metrics', onRequest: onCost, onWork: onCost });
}
