import { Stack } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, type IWidget, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Watched } from '../stacks/ops.ts';
import { nameOf } from './alarms.ts';
import type { ServiceFunction } from './service-function.ts';
import {
  ageOf,
  clientFaultsOf,
  consumedBy,
  durationOf,
  EDGE_REGION,
  edgeFaultsOf,
  edgeRequestsOf,
  errorsOf,
  givenUpBy,
  invocationsOf,
  latencyOf,
  readThrottlesOf,
  requestsOf,
  roadErrorsOf,
  serverFaultsOf,
  systemErrorsOf,
  throttlesOf,
  writeThrottlesOf,
} from './watched.ts';

/** All of a deployment on one page: requests, functions, table, upkeep and, where there is one, the edge. */
export class OpsDashboard extends Construct {
  constructor(scope: Construct, id: string, { data, api, upkeep, web }: Watched) {
    super(scope, id);
    const { table } = data;
    const services = [...api.services, ...api.upkeep, ...upkeep.services];
    const each = (metricOf: (service: ServiceFunction) => Metric): readonly IMetric[] =>
      services.map((service) => metricOf(service).with({ label: nameOf(service) }));
    const rows: IWidget[][] = [
      [
        graph('Requests', [requestsOf(api.api)]),
        graph('Refused and failed', [clientFaultsOf(api.api), serverFaultsOf(api.api)]),
        graph('Slowest in a hundred, ms', [latencyOf(api.api)]),
      ],
      [
        graph('Calls of functions', each(invocationsOf)),
        graph('Their errors and throttles', [...each(errorsOf), ...each(throttlesOf)]),
        graph('Their slowest in a hundred, ms', each(durationOf)),
      ],
      [
        graph('Table: units', consumedBy(table)),
        graph('Table: throttled', [readThrottlesOf(table), writeThrottlesOf(table)]),
        graph(
          'Table: its own errors',
          [...systemErrorsOf(table)].map(([label, metric]) => metric.with({ label })),
        ),
      ],
      [
        graph('Age of changes, ms', upkeep.listeners.map(ageOf)),
        graph('Changes given up', upkeep.listeners.map(givenUpBy)),
      ],
    ];
    if (web) {
      const { edge } = web;
      rows.push([
        graph('Edge: requests', [edgeRequestsOf(edge)], EDGE_REGION),
        graph('Edge: 5xx, percent', [edgeFaultsOf(edge)], EDGE_REGION),
        graph('Edge: errors of its function', [roadErrorsOf(edge)], EDGE_REGION),
      ]);
    }
    new Dashboard(this, 'Dashboard', { dashboardName: Stack.of(this).stackName, widgets: rows });
  }
}

const graph = (title: string, metrics: readonly IMetric[], region?: string): IWidget =>
  new GraphWidget({ title, left: [...metrics], width: 8, leftYAxis: { min: 0 }, ...(region ? { region } : {}) });
