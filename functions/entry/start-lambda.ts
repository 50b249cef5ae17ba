import type { Context } from 'aws-lambda';
import type { APIGatewayProxyResult } from 'hono/aws-lambda';
import type { Operation } from '../api/operation.ts';
import { readWebhookSettings } from '../webhooks/settings.ts';
import { cacheBytesOnAws } from './cache-on-aws.ts';
import { connectionsOnAws } from './connections-on-aws.ts';
import { readEnvironment } from './env.ts';
import { createLambdaApp, type HttpApiEvent } from './lambda-app.ts';
import { createLambdaLog } from './lambda-log.ts';
import { meteringOnAws } from './metering.ts';
import { damageNoter } from './note-damage.ts';
import type { Backend, CreateBackend } from './services.ts';

/** What an entry exports for Lambda to call. */
export type LambdaHandler = (event: HttpApiEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** Wires one function: its operations, the services from the environment, its log. Throws when a variable is missing or wrong. */
export function startLambda(
  serviceName: string,
  operations: readonly Operation[],
  createBackend: CreateBackend,
): LambdaHandler {
  const log = createLambdaLog(serviceName);
  const environment = readEnvironment(process.env);
  const { meter, requests } = meteringOnAws(environment.costReport, log.tellCost);
  const backend: Backend = createBackend(environment, connectionsOnAws(process.env), {
    meter,
    maxCacheBytes: cacheBytesOnAws(process.env),
    onFailure: log.report,
    webhookSettings: readWebhookSettings(process.env),
    onDamaged: damageNoter(() => backend.workList, log.report),
  });
  const app = createLambdaApp(operations, backend.services, { report: log.report, meter: requests });
  return (event, context) => {
    log.follow(context);
    return app(event);
  };
}
