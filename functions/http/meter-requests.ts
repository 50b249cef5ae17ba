import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Cost } from '../domain/cost.ts';
import { COST_HEADER, formatCost } from './cost-header.ts';

/** How requests are metered, and who is told. */
export interface RequestMeter {
  readonly measure: (work: () => Promise<void>, tell: (cost: Cost) => void) => Promise<void>;
  /** Whether responses carry their cost. */
  readonly hasHeader: boolean;
  /** Hears the cost of each request under its method and route, as `GET /api/2.0/mlflow/runs/get`. */
  readonly onRequest: ((route: string, cost: Cost) => void) | undefined;
}

/** Meters a request until its response begins; a body that streams has been asked for by then. */
export function meterRequests({ measure, hasHeader, onRequest }: RequestMeter): MiddlewareHandler {
  return (context, next) =>
    measure(next, (cost) => {
      if (hasHeader) context.res.headers.set(COST_HEADER, formatCost(cost));
      // The route and not the path: paths name runs and files.
      onRequest?.(`${context.req.method} ${routePath(context, -1)}`, cost);
    });
}
