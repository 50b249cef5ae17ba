import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { EdgeDistribution } from './edge-distribution.ts';
import type { HttpApi } from './http-api.ts';
import type { ServiceFunction } from './service-function.ts';
import type { StreamListener } from './stream-listener.ts';
import type { TrackingTable } from './tracking-table.ts';

/** How often trouble is looked for. */
const PERIOD = Duration.minutes(5);
/** AWS: where CloudFront tells its numbers, wherever the rest is. */
export const EDGE_REGION = 'us-east-1';

const sum = { period: PERIOD, statistic: Stats.SUM };

/** Calls that failed or ended too late; an answer 500 is none. */
export const errorsOf = ({ handler }: ServiceFunction): Metric => handler.metricErrors(sum);

export const throttlesOf = ({ handler }: ServiceFunction): Metric => handler.metricThrottles(sum);

export const durationOf = ({ handler }: ServiceFunction): Metric =>
  handler.metricDuration({ period: PERIOD, statistic: Stats.percentile(99) });

export const invocationsOf = ({ handler }: ServiceFunction): Metric => handler.metricInvocations(sum);

/** How old the record is, in ms, that a listener hears of last. */
export const ageOf = ({ listener }: StreamListener): Metric =>
  listener.handler.metric('IteratorAge', { period: PERIOD, statistic: Stats.MAXIMUM });

export const givenUpBy = ({ givenUp }: StreamListener): Metric =>
  givenUp.metricApproximateNumberOfMessagesVisible({ period: PERIOD, statistic: Stats.MAXIMUM });

const ofApi = ({ apiId }: HttpApi, metricName: string, statistic: string): Metric =>
  new Metric({ namespace: 'AWS/ApiGateway', metricName, dimensionsMap: { ApiId: apiId }, period: PERIOD, statistic });

export const requestsOf = (api: HttpApi): Metric => ofApi(api, 'Count', Stats.SAMPLE_COUNT);
export const clientFaultsOf = (api: HttpApi): Metric => ofApi(api, '4xx', Stats.SUM);
export const serverFaultsOf = (api: HttpApi): Metric => ofApi(api, '5xx', Stats.SUM);
export const latencyOf = (api: HttpApi): Metric => ofApi(api, 'Latency', Stats.percentile(99));

const ofTable = ({ tableName }: TrackingTable, metricName: string): Metric =>
  new Metric({ namespace: 'AWS/DynamoDB', metricName, dimensionsMap: { TableName: tableName }, ...sum });

export const readThrottlesOf = (table: TrackingTable): Metric => ofTable(table, 'ReadThrottleEvents');
export const writeThrottlesOf = (table: TrackingTable): Metric => ofTable(table, 'WriteThrottleEvents');
export const consumedBy = (table: TrackingTable): readonly Metric[] =>
  ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'].map((name) => ofTable(table, name));

/** What nearly all requests do; each costs an alarm. */
const OPERATIONS = ['GetItem', 'Query', 'UpdateItem', 'TransactWriteItems'];

/** Faults of DynamoDB's own, by what was asked of it. */
export const systemErrorsOf = ({ tableName: TableName }: TrackingTable): ReadonlyMap<string, Metric> =>
  new Map(
    OPERATIONS.map((Operation) => [
      Operation,
      new Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'SystemErrors',
        dimensionsMap: { TableName, Operation },
        ...sum,
      }),
    ]),
  );

const ofEdge = ({ distributionId: DistributionId }: EdgeDistribution, metricName: string, statistic: string): Metric =>
  new Metric({
    namespace: 'AWS/CloudFront',
    metricName,
    dimensionsMap: { DistributionId, Region: 'Global' },
    region: EDGE_REGION,
    period: PERIOD,
    statistic,
  });

export const edgeRequestsOf = (edge: EdgeDistribution): Metric => ofEdge(edge, 'Requests', Stats.SUM);
/** In percent of requests. */
export const edgeFaultsOf = (edge: EdgeDistribution): Metric => ofEdge(edge, '5xxErrorRate', Stats.AVERAGE);

/** Requests for files that the edge function failed on. */
export const roadErrorsOf = ({ roadFunctionName: FunctionName }: EdgeDistribution): Metric =>
  new Metric({
    namespace: 'AWS/CloudFront',
    metricName: 'FunctionExecutionErrors',
    dimensionsMap: { FunctionName, Region: 'Global' },
    region: EDGE_REGION,
    ...sum,
  });
