import type { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/** An event that comes again and again. */
interface ScheduledEvent {
  readonly id: string;
  readonly every: Duration;
  readonly event: object;
}

export interface FunctionScheduleProps {
  readonly service: ServiceFunction;
  readonly events: readonly ScheduledEvent[];
}

/** Sends events to a function by the clock. One that fails is not sent again: the next one does what is left. */
export class FunctionSchedule extends Construct {
  constructor(scope: Construct, id: string, { service, events }: FunctionScheduleProps) {
    super(scope, id);
    service.handler.configureAsyncInvoke({ retryAttempts: 0 });
    for (const { id: ruleId, every, event } of events) {
      const target = new LambdaFunction(service.handler, {
        event: RuleTargetInput.fromObject(event),
        retryAttempts: 0,
      });
      new Rule(this, ruleId, { schedule: Schedule.rate(every), targets: [target] });
    }
  }
}
