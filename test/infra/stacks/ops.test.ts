import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { synthesise } from '../new-deployment.ts';

const EMAIL = 'ops@example.org';
const { ops, api, data, stacks } = synthesise({
  'tracklet:auth': 'users',
  'tracklet:alarmEmail': EMAIL,
  'tracklet:monthlyBudget': 50,
});

const entriesOf = (type: string, template = ops) =>
  Object.entries(template.findResources(type)).map(([id, { Properties, ...resource }]) => ({
    id,
    resource,
    ...Properties,
  }));
const alarms = entriesOf('AWS::CloudWatch::Alarm');
const alarmOf = (name: string) => alarms.find(({ id }) => id.startsWith(`Alarms${name}`));

describe('the stack of alarms', () => {
  it('is there for whom gives an address, or asks for it, and costs nobody else', () => {
    expect(synthesise().stacks.ops).toBeUndefined();
    expect(synthesise({ 'tracklet:alarms': 'on' }).stacks.ops).toBeDefined();
  });

  it('can go with what it watches, in any order', () => {
    const outputs = (template: typeof api) => Object.values(template.toJSON().Outputs);
    const exported = (template: typeof api) =>
      outputs(template).filter((output) => Reflect.has(Object(output), 'Export'));
    const without = synthesise({ 'tracklet:auth': 'users' });
    expect(exported(api)).toEqual(exported(without.api));
    expect(exported(data)).toEqual(exported(without.data));
    expect(JSON.stringify(ops.toJSON())).not.toContain('ImportValue');
    expect(stacks.ops?.dependencies.map(({ stackName }) => stackName)).toContain('Tracklet-main-Api');
  });
});

describe('alarms', () => {
  it('look at each function that answers requests: its errors and throttles', () => {
    for (const service of ['TrackingService', 'ArtifactService', 'RegistryService', 'IdentityService']) {
      expect(alarmOf(`${service}Errors`)).toMatchObject({
        Namespace: 'AWS/Lambda',
        MetricName: 'Errors',
        Threshold: 1,
      });
      expect(alarmOf(`${service}Throttles`)).toMatchObject({ MetricName: 'Throttles' });
    }
  });

  it('look at what works beside the requests, thrice before they tell', () => {
    for (const service of ['Upkeep', 'WriteNoter', 'Deliverer', 'IdentityUpkeep']) {
      expect(alarmOf(`${service}Errors`), service).toMatchObject({ EvaluationPeriods: 3 });
    }
    for (const stream of ['RunWrites', 'NewMessages']) {
      expect(alarmOf(`${stream}Age`)).toMatchObject({
        MetricName: 'IteratorAge',
        Statistic: 'Maximum',
        Threshold: 3_600_000,
      });
      expect(alarmOf(`${stream}GivenUp`)).toMatchObject({ MetricName: 'ApproximateNumberOfMessagesVisible' });
    }
  });

  it('look at the API and the table', () => {
    expect(alarmOf('ApiFaults')).toMatchObject({ Namespace: 'AWS/ApiGateway', MetricName: '5xx' });
    expect(alarmOf('ApiLatency')).toMatchObject({ MetricName: 'Latency', ExtendedStatistic: 'p99' });
    expect(alarmOf('TableReadThrottles')).toMatchObject({
      Namespace: 'AWS/DynamoDB',
      MetricName: 'ReadThrottleEvents',
    });
    expect(alarmOf('TableWriteThrottles')).toMatchObject({ MetricName: 'WriteThrottleEvents' });
    for (const operation of ['GetItem', 'Query', 'UpdateItem', 'TransactWriteItems']) {
      expect(alarmOf(`TableErrors${operation}`)).toMatchObject({ MetricName: 'SystemErrors' });
    }
  });

  it('look at the edge where CloudFront tells its numbers, and nowhere else', () => {
    const [edge, road] = [alarmOf('EdgeFaults'), alarmOf('EdgeFunctionErrors')];
    for (const alarm of [edge, road]) expect(alarm?.resource.Condition).toBeDefined();
    expect(Object.values(ops.toJSON().Conditions)).toEqual([{ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] }]);
    const alone = synthesise({ 'tracklet:web': 'off', 'tracklet:alarms': 'on' }).ops;
    expect(JSON.stringify(alone.toJSON())).not.toContain('CloudFront');
  });

  it('tell the topic of trouble and of its end, and take silence for none', () => {
    const topic = { Ref: expect.stringMatching(/^Topic/) };
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({ AlarmActions: [topic], OKActions: [topic], TreatMissingData: 'notBreaching' });
      expect(alarm.AlarmDescription).toMatch(/^Tracklet: .+\.$/);
    }
    expect(alarms.length).toBeLessThanOrEqual(30);
  });

  it('may write to the topic, which mails them', () => {
    ops.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: EMAIL });
    ops.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
          }),
        ]),
      }),
    });
  });
});

describe('the rest of the stack', () => {
  it('shows all on one dashboard', () => {
    const [dashboard, ...others] = entriesOf('AWS::CloudWatch::Dashboard');
    expect(others).toEqual([]);
    const body = JSON.stringify(dashboard?.DashboardBody);
    for (const metric of ['Duration', 'Latency', 'ConsumedReadCapacityUnits', 'IteratorAge', '5xxErrorRate']) {
      expect(body).toContain(metric);
    }
  });

  it('watches the month’s bill where a sum is given', () => {
    ops.hasResourceProperties('AWS::Budgets::Budget', {
      Budget: Match.objectLike({ TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 50, Unit: 'USD' } }),
    });
    const without = synthesise({ 'tracklet:alarmEmail': EMAIL }).ops;
    without.resourceCountIs('AWS::Budgets::Budget', 0);
  });
});

describe('logs', () => {
  it.each(['api', 'upkeep', 'web'] as const)('are kept as long as the settings say, all of them: %s', (stack) => {
    const template = synthesise({ 'tracklet:auth': 'users', 'tracklet:logRetentionDays': 30 })[stack];
    const groups = entriesOf('AWS::Logs::LogGroup', template);
    expect(groups.length).toBeGreaterThan(0);
    for (const group of groups) expect(group.RetentionInDays).toBe(30);
    const functions = entriesOf('AWS::Lambda::Function', template).filter(({ id }) => !id.startsWith('Custom'));
    for (const { LoggingConfig } of functions) expect(LoggingConfig.LogGroup).toBeDefined();
  });
});
