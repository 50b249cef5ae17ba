import { RemovalPolicy } from 'aws-cdk-lib';
import { PriceClass } from 'aws-cdk-lib/aws-cloudfront';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../infra/config.ts';

const DEFAULTS = {
  stage: 'main',
  removalPolicy: RemovalPolicy.RETAIN,
  logRetention: 90,
  artifactAccess: 'proxied',
  auth: 'iam',
  defaultPermission: 'READ',
  redaction: 'off',
  redactionPatterns: {},
  costReport: 'none',
  upkeepMinutes: 5,
  web: true,
  priceClass: PriceClass.PRICE_CLASS_ALL,
  webLog: true,
  gcAfterDays: undefined,
  events: false,
  table: undefined,
  tags: {},
  logLevel: 'INFO',
  artifactBucket: undefined,
  kmsKey: undefined,
  oidc: undefined,
  publicOrigin: undefined,
  domain: undefined,
  rateLimit: 500,
  burstLimit: 1000,
  reservedConcurrency: undefined,
  waf: false,
  webAclArn: undefined,
  alarms: false,
  alarmEmail: undefined,
  monthlyBudget: undefined,
  permissionsBoundary: undefined,
};

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000';
const WEB_ACL = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/team/0a1b2c3d-0000';
const OIDC = {
  'tracklet:auth': 'oidc',
  'tracklet:oidcIssuer': 'https://id.example.org/realms/ml',
  'tracklet:oidcClientId': 'tracklet',
};

describe('readConfig', () => {
  it('keeps data and needs no setting', () => {
    expect(readConfig({})).toEqual(DEFAULTS);
  });

  it('leaves the rest of the context alone', () => {
    expect(readConfig({ '@aws-cdk/core:checkSecretUsage': true, stage: 'Other Tool' })).toEqual(DEFAULTS);
  });

  it('knows a table by its stream', () => {
    const streamArn = 'arn:aws-cn:dynamodb:cn-north-1:111122223333:table/my.table/stream/2026-01-31T12:00:00.000';
    expect(readConfig({ 'tracklet:table': streamArn }).table).toEqual({ tableName: 'my.table', streamArn });
    const tableArn = streamArn.replace(/\/stream.*/, '');
    expect(() => readConfig({ 'tracklet:table': tableArn })).toThrow(
      "tracklet:table must be the ARN of a table's stream",
    );
  });

  it('takes what cdk.json can say', () => {
    const context = {
      'tracklet:stage': 'test-2',
      'tracklet:removalPolicy': 'destroy',
      'tracklet:logRetentionDays': 30,
      'tracklet:artifactAccess': 'direct',
      'tracklet:auth': 'users',
      'tracklet:defaultPermission': 'NO_PERMISSIONS',
      'tracklet:redaction': 'mask',
      'tracklet:redactionPatterns': { EMPLOYEE: 'EMP-\\d{6}' },
      'tracklet:costReport': 'metrics',
      'tracklet:upkeepMinutes': 15,
      'tracklet:web': 'off',
      'tracklet:priceClass': 100,
      'tracklet:webLog': 'off',
      'tracklet:gcAfterDays': 30,
      'tracklet:events': 'on',
      'tracklet:tags': { team: 'vision' },
      'tracklet:logLevel': 'DEBUG',
      'tracklet:artifactBucket': 'the-bucket-of-the-team',
      'tracklet:kmsKey': 'create',
      'tracklet:publicOrigin': 'https://d111111abcdef8.cloudfront.net',
      'tracklet:rateLimit': 50,
      'tracklet:burstLimit': 100,
      'tracklet:reservedConcurrency': 20,
      'tracklet:alarmEmail': 'ops@example.org',
      'tracklet:monthlyBudget': 50,
      'tracklet:permissionsBoundary': 'arn:aws:iam::111122223333:policy/team/boundary',
    };
    expect(readConfig(context)).toEqual({
      ...DEFAULTS,
      stage: 'test-2',
      removalPolicy: RemovalPolicy.DESTROY,
      logRetention: 30,
      artifactAccess: 'direct',
      auth: 'users',
      defaultPermission: 'NO_PERMISSIONS',
      redaction: 'mask',
      redactionPatterns: { EMPLOYEE: 'EMP-\\d{6}' },
      costReport: 'metrics',
      upkeepMinutes: 15,
      web: false,
      priceClass: PriceClass.PRICE_CLASS_100,
      webLog: false,
      gcAfterDays: 30,
      events: true,
      tags: { team: 'vision' },
      logLevel: 'DEBUG',
      artifactBucket: 'the-bucket-of-the-team',
      kmsKey: 'create',
      publicOrigin: 'https://d111111abcdef8.cloudfront.net',
      rateLimit: 50,
      burstLimit: 100,
      reservedConcurrency: 20,
      alarms: true,
      alarmEmail: 'ops@example.org',
      monthlyBudget: 50,
      permissionsBoundary: 'arn:aws:iam::111122223333:policy/team/boundary',
    });
  });

  it('knows the provider as a laptop does, and the address from the domain', () => {
    const domain = {
      'tracklet:domain': 'tracklet.example.org',
      'tracklet:certificateArn': CERTIFICATE,
      'tracklet:hostedZoneId': 'Z0123456789',
    };
    const claims = { 'tracklet:oidcAudiences': ['ci', 'jobs'], 'tracklet:oidcUsernameClaim': 'sub' };
    const admins = { 'tracklet:oidcGroupsClaim': 'roles', 'tracklet:oidcAdminUsername': 'root' };
    const read = readConfig({ ...OIDC, ...domain, ...claims, ...admins, 'tracklet:oidcClientSecret': 'team/secret' });
    expect(read).toMatchObject({
      publicOrigin: 'https://tracklet.example.org',
      domain: { name: 'tracklet.example.org', certificateArn: CERTIFICATE, hostedZoneId: 'Z0123456789' },
      oidc: {
        provider: { issuer: 'https://id.example.org/realms/ml', clientId: 'tracklet' },
        clientSecret: 'team/secret',
        audiences: ['ci', 'jobs'],
        usernameClaim: 'sub',
        groupsClaim: 'roles',
        adminUsername: 'root',
      },
    });
    const few = {
      ...OIDC,
      'tracklet:web': 'off',
      'tracklet:oidcAdminGroup': 'ops',
      'tracklet:oidcAudiences': 'ci,jobs',
    };
    expect(readConfig(few)).toMatchObject({
      publicOrigin: undefined,
      oidc: {
        usernameClaim: 'preferred_username',
        groupsClaim: 'groups',
        adminGroup: 'ops',
        audiences: ['ci', 'jobs'],
      },
    });
  });

  it('knows the user pool that a stack makes by what Cognito calls things', () => {
    const origin = 'https://d111111abcdef8.cloudfront.net';
    const read = readConfig({ 'tracklet:auth': 'oidc', 'tracklet:cognito': 'on', 'tracklet:publicOrigin': origin });
    expect(read.oidc).toEqual({
      provider: undefined,
      clientSecret: undefined,
      audiences: [],
      usernameClaim: 'email',
      groupsClaim: 'cognito:groups',
      adminGroup: 'tracklet-admins',
      adminUsername: undefined,
    });
  });

  it('takes texts, as the command line gives them', () => {
    const context = {
      'tracklet:logRetentionDays': '7',
      'tracklet:priceClass': '200',
      'tracklet:redactionPatterns': '{"EMPLOYEE":"EMP-[0-9]+"}',
      'tracklet:tags': 'team=vision,cost=42',
    };
    const tags = { team: 'vision', cost: '42' };
    const priceClass = PriceClass.PRICE_CLASS_200;
    const redactionPatterns = { EMPLOYEE: 'EMP-[0-9]+' };
    expect(readConfig(context)).toEqual({ ...DEFAULTS, logRetention: 7, priceClass, redactionPatterns, tags });
  });
});

describe('the errors of readConfig', () => {
  const errorOf = (context: Readonly<Record<string, unknown>>): string => {
    try {
      readConfig(context);
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
      throw error;
    }
    return 'none';
  };

  it.each([
    ['stage', 'Prod', 'lower-case'],
    ['stage', 'a-name-that-goes-on-too-long', '1 to 20'],
    ['stage', 7, 'letters'],
    ['removalPolicy', 'keep', 'retain or destroy'],
    ['logRetentionDays', '31', '14, 30, 60'],
    ['logRetentionDays', 'forever', '14, 30, 60'],
    ['logRetentionDays', 9999, '14, 30, 60'],
    ['artifactAccess', 's3', 'proxied or direct'],
    ['auth', 'none', 'iam, users or oidc'],
    ['auth', 'basic', 'iam, users or oidc'],
    ['defaultPermission', 'DENY', 'READ, USE, EDIT, MANAGE, NO_PERMISSIONS'],
    ['defaultPermission', 'EDIT', 'tracklet:auth=users'],
    ['redaction', 'hide', 'off, flag, mask, refuse'],
    ['redactionPatterns', 'EMP-.', 'as JSON after -c'],
    ['redactionPatterns', { EMPLOYEE: '(EMP)+' }, 'a pattern has characters'],
    ['redactionPatterns', { 'no name': 'x' }, 'names and patterns'],
    ['redactionPatterns', { LONG: 'x'.repeat(501) }, '2000 characters'],
    ['upkeepMinutes', '0', '1 to 60'],
    ['upkeepMinutes', 2.5, 'whole number'],
    ['upkeepMinutes', 61, '1 to 60'],
    ['gcAfterDays', '0', '1 to 3650'],
    ['gcAfterDays', 'never', 'whole number'],
    ['costReport', true, 'none, header, metrics or both'],
    ['web', true, 'on or off'],
    ['web', 'yes', 'on or off'],
    ['priceClass', 'cheap', '100, 200 or all'],
    ['priceClass', 300, '100, 200 or all'],
    ['webLog', 'never', 'on or off'],
    ['events', 'some', 'on or off'],
    ['logLevel', 'info', 'DEBUG, INFO, WARN, ERROR'],
    ['artifactBucket', 'a.b', 'no dot'],
    ['artifactBucket', 's3://bucket', 'name of a bucket'],
    ['kmsKey', 'alias/team', 'create, or the ARN'],
    ['kmsKey', 'arn:aws:kms:eu-west-1:111122223333:alias/team', 'not of an alias'],
    ['publicOrigin', 'http://tracklet.example.org', 'https and a host'],
    ['publicOrigin', 'https://tracklet.example.org/', 'without a slash'],
    ['publicOrigin', 'https://tracklet.example.org/path', 'https and a host'],
    ['oidcIssuer', 'http://id.example.org', 'a URL with https'],
    ['oidcUsernameClaim', 'name', 'preferred_username, email, sub'],
    ['oidcClientSecret', 'two words', 'the name or the ARN'],
    ['domain', 'https://tracklet.example.org', 'a host name'],
    ['domain', 'localhost', 'a host name'],
    ['certificateArn', CERTIFICATE.replace('us-east-1', 'eu-west-1'), 'in us-east-1'],
    ['hostedZoneId', 'example.org', 'id of a hosted zone'],
    ['rateLimit', 0, '1 to 10000'],
    ['burstLimit', 'many', '1 to 5000'],
    ['reservedConcurrency', -1, 'whole number'],
    ['waf', true, 'on or off'],
    ['webAclArn', WEB_ACL.replace('global', 'regional'), 'with global in it'],
    ['alarmEmail', 'ops', 'e-mail address'],
    ['alarms', 'yes', 'on or off'],
    ['monthlyBudget', '9.99', 'whole number of dollars'],
    ['permissionsBoundary', 'boundary', 'ARN of an IAM policy'],
    ['tags', 'team', 'name=text'],
    ['tags', { 'aws:team': 'vision' }, 'no name begins with aws:'],
    ['tags', ['team'], 'object'],
  ])('name tracklet:%s, what it got (%j) and what is allowed', (key, value, allowed) => {
    const message = errorOf({ [`tracklet:${key}`]: value });
    expect(message).toMatch(new RegExp(`^tracklet:${key} must `));
    expect(message).toContain(allowed);
    expect(message).toContain(`got ${JSON.stringify(value)}`);
    expect(message.split('\n')).toHaveLength(1);
  });

  const iam = { 'tracklet:auth': 'iam' };
  const users = { 'tracklet:auth': 'users' };
  const apiOnly = { 'tracklet:web': 'off' };
  const origin = { 'tracklet:publicOrigin': 'https://tracklet.example.org' };
  const admins = { 'tracklet:oidcAdminGroup': 'ops' };
  const cognito = { 'tracklet:auth': 'oidc', 'tracklet:cognito': 'on', ...origin };
  const domain = { 'tracklet:domain': 'tracklet.example.org', 'tracklet:certificateArn': CERTIFICATE };
  const email = { 'tracklet:alarmEmail': 'ops@example.org' };

  it.each<[string, string, object]>([
    ['oidcIssuer', 'must go with tracklet:auth=oidc', { ...users, 'tracklet:oidcIssuer': 'https://id.example.org' }],
    ['oidcAdminGroup', 'must go with tracklet:auth=oidc', { ...iam, ...admins }],
    ['cognito', 'must go with tracklet:auth=oidc', { ...users, 'tracklet:cognito': 'on' }],
    [
      'oidcIssuer',
      'must not go with tracklet:cognito=on',
      { ...cognito, 'tracklet:oidcIssuer': 'https://id.example.org' },
    ],
    ['stage', 'must not contain aws', { ...cognito, 'tracklet:stage': 'aws-test' }],
    ['oidcIssuer', 'must be given', { ...OIDC, 'tracklet:oidcIssuer': undefined, ...admins, ...origin }],
    ['oidcClientId', 'must be given', { ...OIDC, 'tracklet:oidcClientId': undefined, ...admins, ...origin }],
    ['oidcAdminGroup', 'nobody would be an admin', { ...OIDC, ...origin }],
    ['publicOrigin', 'take the output DashboardUrl', { ...OIDC, ...admins }],
    [
      'publicOrigin',
      'or tracklet:domain must be given',
      { ...cognito, ...apiOnly, 'tracklet:publicOrigin': undefined },
    ],
    ['publicOrigin', 'must not go with tracklet:domain', { ...users, ...origin, ...domain }],
    ['publicOrigin', 'must go with tracklet:auth=users', { ...iam, ...origin }],
    ['certificateArn', 'tracklet:domain must go together', { 'tracklet:domain': 'tracklet.example.org' }],
    ['certificateArn', 'tracklet:domain must go together', { 'tracklet:certificateArn': CERTIFICATE }],
    ['hostedZoneId', 'must go with tracklet:domain', { 'tracklet:hostedZoneId': 'Z0123456789' }],
    ['domain', 'must go with tracklet:web=on', { ...apiOnly, ...domain }],
    ['waf', 'must go with tracklet:web=on', { ...apiOnly, 'tracklet:waf': 'on' }],
    ['webAclArn', 'must not go with tracklet:waf=on', { 'tracklet:waf': 'on', 'tracklet:webAclArn': WEB_ACL }],
    ['alarms', 'must not be off with tracklet:alarmEmail', { ...email, 'tracklet:alarms': 'off' }],
    ['monthlyBudget', 'must go with tracklet:alarmEmail', { 'tracklet:monthlyBudget': 50 }],
    ['logLevel', 'must be INFO or DEBUG', { 'tracklet:costReport': 'metrics', 'tracklet:logLevel': 'WARN' }],
    ['logLevel', 'must be INFO or DEBUG', { 'tracklet:redaction': 'mask', 'tracklet:logLevel': 'ERROR' }],
  ])('name tracklet:%s where it does not go with others: %s', (key, rule, settings) => {
    const message = errorOf({ ...settings });
    expect(message).toMatch(new RegExp(`^tracklet:${key} `));
    expect(message).toContain(rule);
    expect(message.split('\n')).toHaveLength(1);
  });

  it('point out a misspelt setting', () => {
    const message = errorOf({ 'tracklet:stgae': 'test' });
    expect(message).toContain('tracklet:stgae is not a setting');
    expect(message).toContain('tracklet:stage,');
  });

  it('come all at once', () => {
    expect(errorOf({ 'tracklet:stage': '', 'tracklet:removalPolicy': '' }).split('\n')).toHaveLength(2);
  });
});
