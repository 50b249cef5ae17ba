import { CfnOutput, CrossStackReferences, ReferenceStrength, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { Alarms } from '../constructs/alarms.ts';
import { Budget } from '../constructs/budget.ts';
import { OpsDashboard } from '../constructs/ops-dashboard.ts';
import type { ApiStack } from './api.ts';
import type { DataStack } from './data.ts';
import type { UpkeepStack } from './upkeep.ts';
import type { WebStack } from './web.ts';

/** The stacks that are looked after. */
export interface Watched {
  readonly data: DataStack;
  readonly api: ApiStack;
  readonly upkeep: UpkeepStack;
  /** Absent when the deployment is the API alone. */
  readonly web: WebStack | undefined;
}

export interface OpsStackProps extends StackProps, Watched {
  readonly hasAlarms: boolean;
  readonly alarmEmail: string | undefined;
  /** Dollars of a month. @default there is no budget */
  readonly monthlyBudget: number | undefined;
}

/** Tells people of trouble and of costs. Keeps nothing; whoever has it pays for alarms by the month. */
export class OpsStack extends Stack {
  constructor(scope: Construct, id: string, props: OpsStackProps) {
    super(scope, id, props);
    // What it watches may come and go: with exports, CloudFormation would refuse to take a function away that has an alarm.
    CrossStackReferences.of(this).consume(ReferenceStrength.WEAK);
    const { hasAlarms, alarmEmail, monthlyBudget } = props;
    if (hasAlarms) {
      const { topic } = new AlarmTopic(this, 'Topic', { email: alarmEmail });
      new Alarms(this, 'Alarms', { ...props, topic });
      new OpsDashboard(this, 'Dashboard', props);
      new CfnOutput(this, 'AlarmTopic', { value: topic.topicArn });
    }
    if (monthlyBudget !== undefined && alarmEmail !== undefined) {
      new Budget(this, 'Budget', { limit: monthlyBudget, email: alarmEmail });
    }
  }
}
