import { Aws, CfnCondition, Fn } from 'aws-cdk-lib';
import { Alarm, CfnAlarm, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Watched } from '../stacks/ops.ts';
import type { EdgeDistribution } from './edge-distribution.ts';
import type { ServiceFunction } from './service-function.ts';
import {
  ageOf,
  EDGE_REGION,
  edgeFaultsOf,
  errorsOf,
  givenUpBy,
  latencyOf,
  readThrottlesOf,
  roadErrorsOf,
  serverFaultsOf,
  systemErrorsOf,
  throttlesOf,
  writeThrottlesOf,
} from './watched.ts';

export interface AlarmsProps extends Watched {
  readonly topic: ITopic;
}

/** When somebody is told. */
interface Trouble {
  readonly metric: IMetric;
  /** From here on it is trouble. */
  readonly threshold: number;
  /** What it means, and where docs/deploy.md says what to do. */
  readonly meaning: string;
  /** For so many periods on end. @default 1 */
  readonly periods?: number;
}

const HOUR_MS = 3_600_000;

/** Tells a topic of trouble that a person has to look at, and once it is over. Where nothing is measured there is none. */
export class Alarms extends Construct {
  readonly #topic: ITopic;

  constructor(scope: Construct, id: string, { topic, data, api, upkeep, web }: AlarmsProps) {
    super(scope, id);
    this.#topic = topic;
    this.#watchApi(api);
    this.#watchTable(data);
    this.#watchUpkeep(upkeep);
    if (web) this.#watchEdge(web.edge);
  }

  #watchApi({ api, services, upkeep }: Watched['api']): void {
    this.#add('ApiFaults', {
      metric: serverFaultsOf(api),
      threshold: 5,
      periods: 2,
      meaning: 'Answers 5xx: clients try again, but something is wrong; the log of the function says what.',
    });
    this.#add('ApiLatency', {
      metric: latencyOf(api),
      threshold: 10_000,
      periods: 3,
      meaning: 'One request in a hundred takes ten seconds and more.',
    });
    for (const service of services) {
      this.#watchErrors(service, 1);
      this.#add(`${nameOf(service)}Throttles`, {
        metric: throttlesOf(service),
        threshold: 1,
        meaning: `${nameOf(service)} was not started: too many run already, of it or of the account.`,
      });
    }
    for (const service of upkeep) this.#watchErrors(service, 3);
  }

  #watchTable({ table }: Watched['data']): void {
    const throttled =
      'The table throttles, for longer than retries carry over: a hot partition, or more than it takes.';
    this.#add('TableReadThrottles', { metric: readThrottlesOf(table), threshold: 100, meaning: throttled });
    this.#add('TableWriteThrottles', { metric: writeThrottlesOf(table), threshold: 100, meaning: throttled });
    for (const [operation, metric] of systemErrorsOf(table)) {
      this.#add(`TableErrors${operation}`, {
        metric,
        threshold: 5,
        periods: 2,
        meaning: 'DynamoDB answers with errors of its own: see the health of AWS.',
      });
    }
  }

  #watchUpkeep({ services, listeners }: Watched['upkeep']): void {
    for (const service of services) this.#watchErrors(service, 3);
    for (const listener of listeners) {
      const name = listener.node.id;
      this.#add(`${name}Age`, {
        metric: ageOf(listener),
        threshold: HOUR_MS,
        periods: 2,
        meaning: `${nameOf(listener.listener)} hears of changes an hour late: what is behind a day is lost.`,
      });
      this.#add(`${name}GivenUp`, {
        metric: givenUpBy(listener),
        threshold: 1,
        meaning: `Changes were given up that ${nameOf(listener.listener)} could not hear of; the queue says which.`,
      });
    }
  }

  /** CloudFront tells its numbers in one region: elsewhere such an alarm would hear of none, and cost as much. */
  #watchEdge(edge: EdgeDistribution): void {
    const condition = new CfnCondition(this, 'HearsOfTheEdge', {
      expression: Fn.conditionEquals(Aws.REGION, EDGE_REGION),
    });
    const alarms = [
      this.#add('EdgeFaults', {
        metric: edgeFaultsOf(edge),
        threshold: 5,
        periods: 2,
        meaning: 'CloudFront answers one request in twenty with 5xx.',
      }),
      this.#add('EdgeFunctionErrors', {
        metric: roadErrorsOf(edge),
        threshold: 1,
        meaning: 'The edge function fails: files go through the API, or nowhere.',
      }),
    ];
    for (const { node } of alarms) {
      if (node.defaultChild instanceof CfnAlarm) node.defaultChild.cfnOptions.condition = condition;
    }
  }

  #watchErrors(service: ServiceFunction, periods: number): void {
    this.#add(`${nameOf(service)}Errors`, {
      metric: errorsOf(service),
      threshold: 1,
      periods,
      meaning: `${nameOf(service)} fails, or ends too late; its log says why.`,
    });
  }

  #add(id: string, { metric, threshold, meaning, periods = 1 }: Trouble): Alarm {
    const alarm = new Alarm(this, id, {
      alarmDescription: `Tracklet: ${meaning}`,
      metric: metric,
      threshold,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(this.#topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  }
}

/** What a function is called among its own: the one of the identities is a part of another construct. */
export const nameOf = ({ node }: ServiceFunction): string =>
  node.id === 'Service' ? (node.scope?.node.id ?? node.id) : node.id;
