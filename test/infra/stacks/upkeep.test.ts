import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { ENV, NODE_ENVIRONMENT, OPTIONAL_ENV } from '../../../functions/entry/env.ts';
import { RUN_WRITE_PATTERNS } from '../../../functions/store/archive/run-writes.ts';
import { NEW_MESSAGE_PATTERNS } from '../../../functions/store/dynamo/codecs/delivery-codec.ts';
import { synthesise } from '../new-deployment.ts';

const { upkeep } = synthesise();

const propertiesOf = (type: string, template = upkeep) =>
  Object.entries(template.findResources(type)).map(([id, { Properties }]) => ({ id, ...Properties }));
const functionOf = (service: string, template = upkeep) =>
  propertiesOf('AWS::Lambda::Function', template).find(({ id }) => id.startsWith(service));
const variablesOf = (service: string) => Object.keys(functionOf(service)?.Environment.Variables).sort();

describe('the function that notes writes', () => {
  it('is small and knows the table alone', () => {
    expect(functionOf('WriteNoter')).toMatchObject({ MemorySize: 256, Timeout: 60 });
    const names = [ENV.tableName, ENV.costReport, ...Object.keys(NODE_ENVIRONMENT)];
    expect(variablesOf('WriteNoter')).toEqual(names.sort());
  });
});

describe('the function that archives', () => {
  it('has a whole processor for as long as Lambda gives it', () => {
    expect(functionOf('Upkeep')).toMatchObject({ MemorySize: 1769, Timeout: 900 });
    expect(variablesOf('Upkeep')).toEqual([...Object.values(ENV), ...Object.keys(NODE_ENVIRONMENT)].sort());
  });

  it('takes nothing from the concurrency of an account, of which new ones have none to reserve', () => {
    for (const lambda of propertiesOf('AWS::Lambda::Function')) {
      expect(lambda.ReservedConcurrentExecutions).toBeUndefined();
    }
  });

  it('is called by the clock, never twice for one event', () => {
    const calls = propertiesOf('AWS::Events::Rule').map(({ ScheduleExpression, State, Targets: [target] }) => {
      expect([State, target.RetryPolicy]).toEqual(['ENABLED', { MaximumRetryAttempts: 0 }]);
      return [ScheduleExpression, target.Input];
    });
    expect(calls).toEqual([
      ['rate(5 minutes)', '{"task":"tidy"}'],
      ['rate(1 day)', '{"task":"sweep"}'],
      ['rate(1 minute)', '{}'],
    ]);
    upkeep.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0 });
  });

  it('collects garbage once a day where that is asked for', () => {
    const { upkeep: template } = synthesise({ 'tracklet:gcAfterDays': '30' });
    const collect = propertiesOf('AWS::Events::Rule', template).find(({ id }) => id.includes('Collect'));
    expect(collect?.ScheduleExpression).toBe('rate(1 day)');
    expect(collect?.Targets[0].Input).toBe('{"task":"collect","olderThanDays":30}');
  });

  it.each([
    [1, 'rate(1 minute)'],
    ['60', 'rate(1 hour)'],
  ])('can be called every %s minutes', (minutes, rate) => {
    const { upkeep: template } = synthesise({ 'tracklet:upkeepMinutes': minutes });
    const [tidy] = propertiesOf('AWS::Events::Rule', template);
    expect(tidy?.ScheduleExpression).toBe(rate);
  });
});

describe('the stream', () => {
  const [mapping, ofMessages, ...others] = propertiesOf('AWS::Lambda::EventSourceMapping');

  it('calls the noter in batches of five minutes, with nothing but writes to runs', () => {
    expect(others).toEqual([]);
    expect(mapping).toMatchObject({
      EventSourceArn: { 'Fn::ImportValue': expect.stringContaining('StreamArn') },
      FunctionName: { Ref: expect.stringMatching(/^WriteNoter/) },
      BatchSize: 10_000,
      MaximumBatchingWindowInSeconds: 300,
      StartingPosition: 'TRIM_HORIZON',
    });
    const patterns: readonly { readonly Pattern: string }[] = mapping?.FilterCriteria.Filters;
    expect(patterns.map(({ Pattern }) => JSON.parse(Pattern))).toEqual(RUN_WRITE_PATTERNS);
  });

  it('calls the function that delivers to webhooks at once, with nothing but new messages', () => {
    expect(ofMessages).toMatchObject({
      FunctionName: { Ref: expect.stringMatching(/^Deliverer/) },
      MaximumBatchingWindowInSeconds: 1,
    });
    const patterns: readonly { readonly Pattern: string }[] = ofMessages?.FilterCriteria.Filters;
    expect(patterns.map(({ Pattern }) => JSON.parse(Pattern))).toEqual(NEW_MESSAGE_PATTERNS);
  });

  it('gives up in the end what keeps failing, and keeps its place in a queue', () => {
    expect(mapping).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 21_600,
    });
    const [queue] = propertiesOf('AWS::SQS::Queue');
    expect(mapping?.DestinationConfig.OnFailure.Destination).toEqual({ 'Fn::GetAtt': [queue?.id, 'Arn'] });
    expect(queue).toMatchObject({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
  });
});

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

describe('permissions', () => {
  const statementsOf = (service: string): readonly Statement[] =>
    propertiesOf('AWS::IAM::Policy')
      .filter(({ id }) => id.startsWith(service))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  const allowed = (service: string, prefix: string) =>
    statementsOf(service)
      .flatMap(({ Action }) => Action)
      .filter((action) => action.startsWith(prefix))
      .sort();

  it('let the noter read the stream and write notes, and nothing else', () => {
    expect(allowed('WriteNoter', 'dynamodb:')).toEqual([
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
      'dynamodb:UpdateItem',
    ]);
    expect(allowed('WriteNoter', 's3:')).toEqual([]);
    const writing = statementsOf('WriteNoter').find(({ Action }) => Action === 'dynamodb:UpdateItem');
    expect(writing?.Condition).toEqual({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['WORK#*'] } });
  });

  it('let the upkeep read and write the table, archived runs and artifacts', () => {
    expect(allowed('Upkeep', 'dynamodb:')).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]);
    expect([...new Set(allowed('Upkeep', 's3:'))]).toEqual([
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:GetObject',
      's3:ListBucket',
      's3:ListBucketMultipartUploads',
      's3:PutObject',
    ]);
  });

  it('name every action and every resource, but for the keys of archived runs and artifacts', () => {
    const all = ['WriteNoter', 'Upkeep'].flatMap(statementsOf);
    expect(JSON.stringify(all.map(({ Action }) => Action))).not.toContain('*');
    const open = all.map(({ Resource }) => JSON.stringify(Resource)).filter((resource) => resource.includes('*'));
    expect(open).toEqual([
      expect.stringMatching(/ArtifactBucketArn.*\/segments\/\*/),
      expect.stringMatching(/ArtifactBucketArn.*\/artifacts\/\*/),
    ]);
  });

  it('let the deliverer put events on the default bus where that is asked for, and nowhere else', () => {
    expect(allowed('Deliverer', 'events:')).toEqual([]);
    const { upkeep: template, api } = synthesise({ 'tracklet:events': 'on' });
    const put = JSON.stringify(template.findResources('AWS::IAM::Policy')).match(
      /"Action":"events:[^}]*"Resource":[^\]]*\]/g,
    );
    expect(put).toHaveLength(1);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Action: 'events:PutEvents',
            Effect: 'Allow',
            Resource: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':event-bus/default$')])] },
          },
        ]),
      },
    });
    const bus = { Environment: { Variables: Match.objectLike({ [OPTIONAL_ENV.eventBus]: 'default' }) } };
    template.resourcePropertiesCountIs('AWS::Lambda::Function', bus, 1);
    // Who writes the registry must know that the bus listens; it does not reach it.
    api.resourcePropertiesCountIs('AWS::Lambda::Function', bus, 1);
    expect(JSON.stringify(api.findResources('AWS::IAM::Policy'))).not.toContain('events:');
  });

  it('come from no policy of somebody else', () => {
    for (const role of propertiesOf('AWS::IAM::Role')) expect(role.ManagedPolicyArns).toBeUndefined();
  });
});
