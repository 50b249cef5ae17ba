import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { synthesise } from '../new-deployment.ts';

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000';
const WEB_ACL = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/team/0a1b2c3d-0000';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000';

type Template = ReturnType<typeof synthesise>['api'];
const entriesOf = (template: Template, type: string) =>
  Object.entries(template.findResources(type)).map(([id, { Properties, ...resource }]) => ({
    id,
    resource,
    ...Properties,
  }));
const distributionOf = (template: Template) =>
  entriesOf(template, 'AWS::CloudFront::Distribution')[0]?.DistributionConfig;
const statementsOf = (template: Template, service: string) =>
  entriesOf(template, 'AWS::IAM::Policy')
    .filter(({ id }) => id.startsWith(service))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

describe('a domain', () => {
  const domain = { 'tracklet:domain': 'tracklet.example.org', 'tracklet:certificateArn': CERTIFICATE };

  it('is the distribution’s name, with TLS 1.2 as the oldest', () => {
    const { web } = synthesise(domain);
    expect(distributionOf(web)).toMatchObject({
      Aliases: ['tracklet.example.org'],
      ViewerCertificate: { AcmCertificateArn: CERTIFICATE, MinimumProtocolVersion: 'TLSv1.2_2021' },
    });
    expect(web.toJSON().Outputs.TrackingUri.Value).toBe('https://tracklet.example.org');
    expect(entriesOf(web, 'AWS::Route53::RecordSet')).toEqual([]);
  });

  it('leads there where a hosted zone is given', () => {
    const records = entriesOf(
      synthesise({ ...domain, 'tracklet:hostedZoneId': 'Z0123456789' }).web,
      'AWS::Route53::RecordSet',
    );
    expect(records.map(({ Type }) => Type)).toEqual(['A', 'AAAA']);
    for (const record of records)
      expect(record).toMatchObject({ Name: 'tracklet.example.org', HostedZoneId: 'Z0123456789' });
  });
});

describe('a web ACL', () => {
  const { web, waf, stacks } = synthesise({ 'tracklet:waf': 'on' });

  it('is made in us-east-1, and found from any region', () => {
    expect(stacks.waf?.region).toBe('us-east-1');
    expect(distributionOf(web).WebACLId).toEqual({
      'Fn::GetStackOutput': { StackName: 'Tracklet-main-Waf', OutputName: 'WebAclArn', Region: 'us-east-1' },
    });
    expect(Object.keys(waf.toJSON().Outputs)).toContain('WebAclArn');
  });

  it('answers who asks too often as the stock client understands, and judges no body: a param may hold any text', () => {
    const [acl] = entriesOf(waf, 'AWS::WAFv2::WebACL');
    const [rate, ...managed] = acl?.Rules ?? [];
    expect(rate.Action.Block.CustomResponse).toEqual({
      ResponseCode: 429,
      ResponseHeaders: [{ Name: 'Retry-After', Value: '60' }],
    });
    const overridden = managed.flatMap((rule: { Statement: { ManagedRuleGroupStatement: object } }) =>
      Reflect.get(rule.Statement.ManagedRuleGroupStatement, 'RuleActionOverrides'),
    );
    expect(overridden).toContainEqual({ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } });
    expect(overridden).toContainEqual({ Name: 'CrossSiteScripting_BODY', ActionToUse: { Count: {} } });
  });

  it('may be there already', () => {
    const given = synthesise({ 'tracklet:webAclArn': WEB_ACL });
    expect(distributionOf(given.web).WebACLId).toBe(WEB_ACL);
    expect(given.stacks.waf).toBeUndefined();
    expect(distributionOf(synthesise().web)).not.toHaveProperty('WebACLId');
  });
});

describe('the distribution', () => {
  it('sends on what signs a browser in: cookies, the Authorization header, and all others but the host', () => {
    const api = distributionOf(synthesise().web).CacheBehaviors.filter(
      ({ PathPattern }: { readonly PathPattern: string }) => PathPattern === '/api/*',
    );
    // AWS: managed policies AllViewerExceptHostHeader and CachingDisabled.
    expect(api).toMatchObject([
      {
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      },
    ]);
  });
});

describe('an error', () => {
  it('is kept nowhere on its way: the next try finds what is there by then', () => {
    const kept = distributionOf(synthesise().web).CustomErrorResponses;
    const codes = kept.map(({ ErrorCode }: { readonly ErrorCode: number }) => ErrorCode);
    expect(codes).toEqual([400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]);
    for (const error of kept) expect(error).toEqual({ ErrorCode: error.ErrorCode, ErrorCachingMinTTL: 0 });
  });
});

describe('a customer’s key', () => {
  const settings = { 'tracklet:auth': 'users', 'tracklet:events': 'on' };
  const { data, api, upkeep } = synthesise({ ...settings, 'tracklet:kmsKey': 'create' });

  it('turns, stays with the data, and lets in CloudFront and the logs', () => {
    const [key] = entriesOf(data, 'AWS::KMS::Key');
    expect(key).toMatchObject({ EnableKeyRotation: true, resource: { DeletionPolicy: 'Retain' } });
    const policy = JSON.stringify(key?.KeyPolicy);
    expect(policy).toContain('cloudfront.amazonaws.com');
    expect(policy).toContain('kms:EncryptionContext:aws:logs:arn');
  });

  it('encrypts table, artifacts, secrets and logs', () => {
    const key = { 'Fn::GetAtt': [expect.stringMatching(/^CustomerKey/), 'Arn'] };
    const imported = { 'Fn::ImportValue': expect.stringContaining('CustomerKey') };
    expect(entriesOf(data, 'AWS::DynamoDB::GlobalTable')).toMatchObject([
      {
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        Replicas: [{ SSESpecification: { KMSMasterKeyId: key } }],
      },
    ]);
    data.hasResourceProperties('AWS::S3::Bucket', {
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } },
        ],
      },
    });
    for (const secret of entriesOf(api, 'AWS::SecretsManager::Secret')) expect(secret.KmsKeyId).toEqual(imported);
    for (const template of [api, upkeep]) {
      for (const group of entriesOf(template, 'AWS::Logs::LogGroup')) expect(group.KmsKeyId).toEqual(imported);
    }
  });

  it.each(['TrackingService', 'ArtifactService', 'RegistryService', 'IdentityService', 'IdentityUpkeep'])(
    'is used by %s, which administers nothing of it',
    (service) => {
      const actions = statementsOf(api, service)
        .flatMap(({ Action }) => Action)
        .filter((action: string) => action.startsWith('kms:'));
      expect(actions).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey']));
      expect(actions.filter((action: string) => /Put|Create|Schedule|Grant|\*/.test(action))).toEqual([]);
    },
  );

  it('may be there already', () => {
    const given = synthesise({ ...settings, 'tracklet:kmsKey': KEY });
    given.data.resourceCountIs('AWS::KMS::Key', 0);
    for (const secret of entriesOf(given.api, 'AWS::SecretsManager::Secret')) expect(secret.KmsKeyId).toBe(KEY);
  });

  it('is nobody’s by default', () => {
    const plain = synthesise(settings);
    for (const template of [plain.data, plain.api, plain.upkeep]) {
      expect(JSON.stringify(template.toJSON())).not.toContain('kms:');
    }
  });
});

describe('a bucket that is there already', () => {
  const { data, api, web } = synthesise({ 'tracklet:artifactBucket': 'the-bucket-of-the-team' });

  it('is used as it is, below its own prefixes', () => {
    data.resourceCountIs('AWS::S3::Bucket', 0);
    data.resourceCountIs('AWS::S3::BucketPolicy', 0);
    expect(data.toJSON().Outputs.BucketName.Value).toBe('the-bucket-of-the-team');
    const resources = JSON.stringify(statementsOf(api, 'ArtifactService'));
    expect(resources).toContain(':s3:::the-bucket-of-the-team/artifacts/*');
    expect(JSON.stringify(distributionOf(web).Origins)).toContain('the-bucket-of-the-team.s3.');
  });
});

describe('functions', () => {
  it('that answer requests are bounded where a number is given', () => {
    const { api, upkeep } = synthesise({ 'tracklet:auth': 'users', 'tracklet:reservedConcurrency': 20 });
    const bounded = (template: Template) =>
      entriesOf(template, 'AWS::Lambda::Function').filter((each) => each.ReservedConcurrentExecutions === 20);
    expect(bounded(api)).toHaveLength(4);
    expect(bounded(upkeep)).toEqual([]);
  });

  it('log as much as is asked for', () => {
    const { api } = synthesise({ 'tracklet:logLevel': 'WARN' });
    for (const { LoggingConfig } of entriesOf(api, 'AWS::Lambda::Function')) {
      expect(LoggingConfig).toMatchObject({ LogFormat: 'JSON', ApplicationLogLevel: 'WARN' });
    }
  });

  it('and all other roles keep within a boundary', () => {
    const boundary = 'arn:aws:iam::111122223333:policy/team/boundary';
    const { api, upkeep, web } = synthesise({ 'tracklet:permissionsBoundary': boundary });
    for (const template of [api, upkeep, web]) {
      const roles = entriesOf(template, 'AWS::IAM::Role');
      expect(roles.length).toBeGreaterThan(0);
      for (const role of roles) expect(role.PermissionsBoundary).toBe(boundary);
    }
  });
});

describe('the gateway', () => {
  it('takes as many requests a second as it is told to', () => {
    const { api } = synthesise({ 'tracklet:rateLimit': 50, 'tracklet:burstLimit': 100 });
    api.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      DefaultRouteSettings: Match.objectLike({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 }),
    });
  });
});
