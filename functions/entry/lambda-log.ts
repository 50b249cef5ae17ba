import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import type { Report } from '../http/errors.ts';
import { describeError } from '../platform/describe-error.ts';
import { now } from '../platform/system.ts';
import { costMetrics } from './cost-metrics.ts';
import type { TellCost } from './metering.ts';

/** The log of one function: JSON lines that carry the request they belong to. */
export interface LambdaLog {
  /** Every line from here on belongs to this invocation, and to the gateway's request if there is one. */
  readonly follow: (context: Context, requestId?: string) => void;
  readonly report: Report;
  readonly tell: (message: string, details: object) => void;
  /** Writes a line that CloudWatch makes metrics of; none for work that consumed nothing. */
  readonly tellCost: TellCost;
}

/** Opens the log of `serviceName`. */
export function createLambdaLog(serviceName: string): LambdaLog {
  const logger = new Logger({ serviceName });
  return {
    follow: (context, requestId) => {
      logger.addContext(context);
      if (requestId !== undefined) logger.appendKeys({ request_id: requestId });
    },
    report: (message, cause) => logger.error(message, { error: describeError(cause) }),
    tell: (message, details) => logger.info(message, { ...details }),
    tellCost: (name, cost) => {
      const metrics = costMetrics(name, cost, now());
      if (metrics) logger.info('cost', { ...metrics });
    },
  };
}
