import { describe, expect, it } from 'vitest';
import {
  artifactOperations,
  callerOperations,
  registryOperations,
  serviceOperations,
  trackingOperations,
} from '../../../functions/api/index.ts';
import type { Operation } from '../../../functions/api/operation.ts';
import { COST_REPORTS, ENV, NODE_ENVIRONMENT, REQUEST_ENV } from '../../../functions/entry/env.ts';
import { synthesise } from '../new-deployment.ts';

const { api } = synthesise();

const propertiesOf = (type: string) =>
  Object.entries(api.findResources(type)).map(([id, { Properties }]) => ({ id, ...Properties }));
const functions = propertiesOf('AWS::Lambda::Function');
const functionOf = (service: string) => functions.find(({ id }) => id.startsWith(service));
const routes = propertiesOf('AWS::ApiGatewayV2::Route');

describe.each([
  { service: 'TrackingService', memoryMb: 1769 },
  { service: 'ArtifactService', memoryMb: 1024 },
  { service: 'RegistryService', memoryMb: 1769 },
])('$service', ({ service, memoryMb }) => {
  const lambda = functionOf(service);

  it('runs on the newest node, on ARM, no longer than the gateway waits', () => {
    const expected = { Runtime: 'nodejs24.x', Architectures: ['arm64'], MemorySize: memoryMb, Timeout: 29 };
    expect(lambda).toMatchObject(expected);
  });

  it('gets every variable that the code reads, and no other', () => {
    const names = [...Object.values(ENV), ...Object.values(REQUEST_ENV), ...Object.keys(NODE_ENVIRONMENT)].sort();
    expect(Object.keys(lambda?.Environment.Variables).sort()).toEqual(names);
  });

  it('writes JSON into a log of its own that ends after the configured time', () => {
    expect(lambda?.LoggingConfig).toMatchObject({ LogFormat: 'JSON', SystemLogLevel: 'WARN' });
    const logGroup = api.findResources('AWS::Logs::LogGroup')[lambda?.LoggingConfig.LogGroup.Ref];
    expect(logGroup?.Properties.RetentionInDays).toBe(90);
  });
});

/** The values of a variable in the functions of a template. */
const variable = (name: string, template: typeof api) =>
  Object.values(template.findResources('AWS::Lambda::Function')).map(
    ({ Properties }) => Properties.Environment.Variables[name],
  );

describe('the cost report', () => {
  it('is off by default, because a line in the log and a metric have a price', () => {
    expect(variable(ENV.costReport, api)).toEqual(['none', 'none', 'none']);
  });

  it.each(COST_REPORTS)('can be %s', (report) => {
    const { api: template } = synthesise({ 'tracklet:costReport': report });
    expect(variable(ENV.costReport, template)).toEqual([report, report, report]);
  });
});

describe('artifact access', () => {
  const rootOf = (template: typeof api) => variable(ENV.artifactRoot, template);

  it('is proxied by default', () => {
    expect(rootOf(api)).toEqual(['mlflow-artifacts:/', 'mlflow-artifacts:/', 'mlflow-artifacts:/']);
  });

  it('can be direct: clients open the place where the function keeps artifacts', () => {
    const direct = rootOf(synthesise({ 'tracklet:artifactAccess': 'direct' }).api);
    const uri = ['s3://', { 'Fn::ImportValue': expect.stringContaining('RefArtifactsBucket') }, '/artifacts'];
    expect(direct).toEqual(new Array(3).fill({ 'Fn::Join': ['', uri] }));
  });
});

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

describe('permissions', () => {
  const policies = propertiesOf('AWS::IAM::Policy').map(({ id, PolicyDocument }) => {
    const statements: readonly Statement[] = PolicyDocument.Statement;
    return { id, statements };
  });
  const statements = policies.flatMap((policy) => policy.statements);
  const allowed = (service: string, prefix: string) =>
    policies
      .filter(({ id }) => id.startsWith(service))
      .flatMap((policy) => policy.statements.flatMap(({ Action }) => Action))
      .filter((action) => action.startsWith(prefix));

  const READS = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'];
  const WRITES = [
    'dynamodb:BatchWriteItem',
    'dynamodb:ConditionCheckItem',
    'dynamodb:DeleteItem',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
  ];

  it('let tracking read and write the table, and read archived runs', () => {
    expect(allowed('TrackingService', 'dynamodb:').sort()).toEqual([...READS, ...WRITES].sort());
    expect(allowed('TrackingService', 's3:').sort()).toEqual(['s3:GetObject', 's3:ListBucket']);
  });

  it('let the registry read and write the table, and read the artifacts that a gate looks at', () => {
    expect(allowed('RegistryService', 'dynamodb:').sort()).toEqual([...READS, ...WRITES].sort());
    expect(allowed('RegistryService', 's3:').sort()).toEqual(['s3:GetObject', 's3:ListBucket']);
  });

  it('let artifacts read and write the table, for garbage collection, and list, read, write and delete objects', () => {
    expect(allowed('ArtifactService', 'dynamodb:').sort()).toEqual([...READS, ...WRITES].sort());
    expect([...new Set(allowed('ArtifactService', 's3:'))].sort()).toEqual([
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:GetObject',
      's3:ListBucket',
      's3:ListBucketMultipartUploads',
      's3:PutObject',
    ]);
  });

  it('name every action and every resource', () => {
    for (const { Action, Resource } of statements) {
      expect(JSON.stringify(Action)).not.toContain('*');
      expect(Resource).not.toBe('*');
    }
  });

  it('end in a wildcard for the keys of artifacts and archived runs alone', () => {
    const open = statements
      .map(({ Resource }) => JSON.stringify(Resource))
      .filter((resource) => resource.includes('*'));
    expect(open).toEqual([
      expect.stringMatching(/ArtifactBucketArn.*\/segments\/\*/),
      expect.stringMatching(/ArtifactBucketArn.*\/artifacts\/\*/),
      expect.stringMatching(/ArtifactBucketArn.*\/segments\/\*/),
      expect.stringMatching(/ArtifactBucketArn.*\/artifacts\/\*/),
    ]);
  });

  it('come from no policy of somebody else', () => {
    for (const role of propertiesOf('AWS::IAM::Role')) expect(role.ManagedPolicyArns).toBeUndefined();
  });
});

describe('the gateway', () => {
  it('lets nobody in without IAM, but to the probes', () => {
    const open = routes.filter(({ AuthorizationType }) => AuthorizationType !== 'AWS_IAM');
    expect(open.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType])).toEqual([
      ['GET /health', 'NONE'],
      ['GET /version', 'NONE'],
    ]);
  });

  it('stays far below the 300 routes of an API', () => {
    expect(routes.length).toBeLessThan(30);
  });

  it('throttles and logs who asked, without query or credential', () => {
    const [stage] = propertiesOf('AWS::ApiGatewayV2::Stage');
    expect(stage).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
    });
    const format = Object.values(JSON.parse(stage?.AccessLogSettings.Format));
    expect(format).toEqual(expect.arrayContaining(['$context.path', '$context.status', '$context.identity.userArn']));
    expect(JSON.stringify(format)).not.toMatch(/query|authorizer|accessKey|token/i);
  });

  it('tells its address', () => {
    api.hasOutput('ApiUrl', {});
    api.hasOutput('InvokeArn', {});
  });
});

describe('routes', () => {
  const integrations = new Map(propertiesOf('AWS::ApiGatewayV2::Integration').map((one) => [one.id, one]));
  const table = routes.map(({ RouteKey, Target }) => {
    const [, path = ''] = String(RouteKey).split(' ');
    const pattern = path
      .replace(/[.]/g, '\\.')
      .replace('{proxy+}', '.+')
      .replace(/\{\w+\}/g, '[^/]+');
    const service = integrations.get(Target['Fn::Join'][1][1].Ref)?.IntegrationUri['Fn::GetAtt'][0];
    return { isDefault: RouteKey === '$default', pattern: new RegExp(`^${pattern}$`), service: String(service) };
  });

  /** The gateway prefers any route that matches to $default. */
  const serviceFor = (path: string): string | undefined =>
    (
      table.find(({ isDefault, pattern }) => !isDefault && pattern.test(path)) ??
      table.find(({ isDefault }) => isDefault)
    )?.service;
  const samplesOf = (operations: readonly Operation[]) =>
    [...new Set(operations.flatMap(({ paths }) => paths))].map((path) =>
      path.replace(/:\w+\{\.\+\}|\*/, '7/run/artifacts/model/MLmodel').replace(/:\w+/g, 'm-0123'),
    );

  it.each(samplesOf(artifactOperations))('%s leads to the artifact function', (path) => {
    expect(serviceFor(path)).toMatch(/^ArtifactService/);
  });

  it.each(samplesOf([...serviceOperations, ...callerOperations, ...trackingOperations]))(
    '%s leads to the tracking function',
    (path) => {
      expect(serviceFor(path)).toMatch(/^TrackingService/);
    },
  );

  it.each(samplesOf(registryOperations))('%s leads to the registry function', (path) => {
    expect(serviceFor(path)).toMatch(/^RegistryService/);
  });

  it('lead to a function whatever the path', () => {
    expect(serviceFor('/no/such/path')).toMatch(/^TrackingService/);
  });
});
