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
    };
    expect(readConfig(context)).toEqual({
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
    ['auth', 'none', 'iam or users'],
    ['auth', 'oidc', 'iam or users'],
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

  it('point out a misspelt setting', () => {
    const message = errorOf({ 'tracklet:stgae': 'test' });
    expect(message).toContain('tracklet:stgae is not a setting');
    expect(message).toContain('tracklet:stage,');
  });

  it('come all at once', () => {
    expect(errorOf({ 'tracklet:stage': '', 'tracklet:removalPolicy': '' }).split('\n')).toHaveLength(2);
  });
});
