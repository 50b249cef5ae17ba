import type { Context } from 'aws-lambda';
import type { APIGatewayProxyResult } from 'hono/aws-lambda';
import type { Operation } from '../api/operation.ts';
import { connectionsOnAws } from './connections-on-aws.ts';
import { readEnvironment } from './env.ts';
import { createLambdaApp, type HttpApiEvent } from './lambda-app.ts';
import { createLambdaLog } from './lambda-log.ts';
import { createBackend } from './services.ts';

/** What an entry exports for Lambda to call. */
export type LambdaHandler = (event: HttpApiEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** Wires one function: its operations, the services from the environment, its log. Throws when a variable is missing. */
export function startLambda(serviceName: string, operations: readonly Operation[]): LambdaHandler {
  const log = createLambdaLog(serviceName);
  const app = createLambdaApp(
    operations,
    createBackend(readEnvironment(process.env), connectionsOnAws(process.env)).services,
    log.report,
  );
  return (event, context) => {
    log.follow(context);
    return app(event);
  };
}
