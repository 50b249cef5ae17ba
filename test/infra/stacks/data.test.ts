import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, it } from 'vitest';
import { EdgeKeys } from '../../../infra/constructs/edge-keys.ts';
import { ServiceFunction } from '../../../infra/constructs/service-function.ts';
import { newDeployment, synthesise } from '../new-deployment.ts';

const { data, stacks } = synthesise();
const destroyed = synthesise({ 'tracklet:removalPolicy': 'destroy', 'tracklet:stage': 'test' });

const TABLE = 'AWS::DynamoDB::GlobalTable';
const BUCKET = 'AWS::S3::Bucket';
const TABLE_ID = 'TrackingTable3514576F';
const BUCKET_ID = 'ArtifactsBucket88671897';

describe('the ids of what keeps data', () => {
  // CloudFormation takes a new id for a new resource: an empty table, and the old one is left behind or deleted.
  it('never change', () => {
    expect(Object.keys(data.findResources(TABLE))).toEqual([TABLE_ID]);
    expect(Object.keys(data.findResources(BUCKET))).toContain(BUCKET_ID);
  });

  it('are the same in every deployment', () => {
    expect(Object.keys(destroyed.data.findResources(TABLE))).toEqual([TABLE_ID]);
    expect(Object.keys(destroyed.data.findResources(BUCKET))).toContain(BUCKET_ID);
  });
});

describe('the table', () => {
  it('has the keys and the time to live that the store works with', () => {
    data.hasResourceProperties(TABLE, {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
  });

  it('costs nothing while idle, is encrypted and streams both images', () => {
    data.hasResourceProperties(TABLE, {
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  it('can go back in time', () => {
    const replica = Match.objectLike({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } });
    data.hasResourceProperties(TABLE, { Replicas: [replica] });
    destroyed.data.hasResourceProperties(TABLE, { Replicas: [replica] });
  });
});

describe('the artifact bucket', () => {
  const bucket = data.findResources(BUCKET)[BUCKET_ID]?.Properties;

  it('keeps old versions for 30 days and unfinished uploads for 7', () => {
    expect(bucket.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(bucket.LifecycleConfiguration.Rules).toEqual([
      { Id: 'abort-unfinished-uploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
      {
        Id: 'expire-old-versions',
        Status: 'Enabled',
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
        ExpiredObjectDeleteMarker: true,
      },
    ]);
  });

  it('never ends what is current: neither artifacts nor archived runs', () => {
    const rules: readonly Record<string, unknown>[] = bucket.LifecycleConfiguration.Rules;
    const endings = ['ExpirationInDays', 'ExpirationDate', 'Transitions', 'Transition'];
    expect(rules.flatMap((rule) => Object.keys(rule)).filter((key) => endings.includes(key))).toEqual([]);
  });

  it('lets pages get and put by presigned URLs, and see what they need of the answers', () => {
    expect(bucket.CorsConfiguration.CorsRules).toEqual([
      expect.objectContaining({ AllowedMethods: ['GET', 'PUT', 'HEAD'], AllowedOrigins: ['*'], AllowedHeaders: ['*'] }),
    ]);
    expect(bucket.CorsConfiguration.CorsRules[0].ExposedHeaders).toEqual(
      expect.arrayContaining(['ETag', 'Content-Range']),
    );
  });

  it('logs who reads it, in a bucket beside it', () => {
    expect(bucket.LoggingConfiguration).toEqual({ DestinationBucketName: { Ref: 'ArtifactsAccessLogs4D97777C' } });
  });
});

describe('the edge', () => {
  const policies = Object.values(data.findResources('AWS::S3::BucketPolicy'));
  const policy = policies.find(({ Properties }) => Properties.Bucket.Ref === BUCKET_ID);
  interface Statement {
    readonly Action: string;
    readonly Principal: object;
    readonly Resource: unknown;
    readonly Condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }
  const statements: readonly Statement[] = policy?.Properties.PolicyDocument.Statement;
  const granted = statements.filter(({ Principal }) => JSON.stringify(Principal).includes('cloudfront'));
  const bucketArn = { 'Fn::GetAtt': [BUCKET_ID, 'Arn'] };
  const artifacts = { 'Fn::Join': ['', [bucketArn, '/artifacts/*']] };

  it('may read and write artifacts, learn that there is none, and touch nothing else', () => {
    expect(granted.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      ['s3:GetObject', artifacts],
      ['s3:PutObject', artifacts],
      ['s3:ListBucket', bucketArn],
    ]);
  });

  it('may do so for distributions of this account alone', () => {
    const parts = ['arn:', { Ref: 'AWS::Partition' }, ':cloudfront::', { Ref: 'AWS::AccountId' }, ':distribution/*'];
    for (const { Principal, Condition } of granted) {
      expect(Principal).toEqual({ Service: 'cloudfront.amazonaws.com' });
      expect(Condition.ArnLike).toEqual({ 'aws:SourceArn': { 'Fn::Join': ['', parts] } });
    }
  });

  it('may not copy one artifact to another, nor store one so that others cannot read it', () => {
    const put = granted.find(({ Action }) => Action === 's3:PutObject');
    expect(put?.Condition.Null).toEqual({
      's3:x-amz-copy-source': 'true',
      's3:x-amz-server-side-encryption': 'true',
      's3:x-amz-server-side-encryption-customer-algorithm': 'true',
      's3:x-amz-storage-class': 'true',
    });
  });

  it('is told of keys in a store of which the stack tells the ARN', () => {
    const [id] = Object.keys(data.findResources('AWS::CloudFront::KeyValueStore'));
    data.hasOutput('EdgeKeysArn', { Value: { 'Fn::GetAtt': [id, 'Arn'] } });
  });

  it('starts with asking for tokens, of which none is known', () => {
    const [store] = Object.values(data.findResources('AWS::CloudFront::KeyValueStore'));
    const name = /[0-9a-f]{64}/.exec(JSON.stringify(store?.Properties.ImportSource.SourceArn))?.[0];
    const { directory } = newDeployment().app.synth();
    const content = readFileSync(join(directory, `asset.${name}.json`), 'utf8');
    expect(JSON.parse(content)).toEqual({ data: [{ key: 'mode', value: 'tokens' }] });
  });

  // CloudFormation cannot update an import: a change would make every later deployment fail.
  it('starts with what it always started with', () => {
    const [store] = Object.values(data.findResources('AWS::CloudFront::KeyValueStore'));
    expect(JSON.stringify(store?.Properties.ImportSource.SourceArn)).toContain(
      '/b6acc7ad8e58646fa9834e8502ae5cfd6e7ee712418fcc7347ef007d40cad867.json',
    );
  });

  it('is told of them by whom the stack lets, and nobody else', () => {
    const { stacks: other } = newDeployment();
    const service = new ServiceFunction(other.api, 'Identity', {
      entry: 'tracking.lambda.ts',
      description: 'makes and revokes tokens',
      logRetention: RetentionDays.ONE_DAY,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new EdgeKeys(other.data, 'OtherKeys').grantRotate(service);
    const writers = Object.entries(Template.fromStack(other.api).findResources('AWS::IAM::Policy')).filter(([, role]) =>
      JSON.stringify(role).includes('cloudfront-keyvaluestore:UpdateKeys'),
    );
    expect(writers.map(([id]) => id)).toEqual([expect.stringMatching(/^Identity/)]);
    const statement = writers[0]?.[1]?.Properties.PolicyDocument.Statement.find(({ Action }: Statement) =>
      Action.includes('cloudfront-keyvaluestore:UpdateKeys'),
    );
    expect(JSON.stringify(statement.Action)).not.toContain('*');
    expect(JSON.stringify(statement.Resource)).toMatch(/^\{"Fn::ImportValue":"Tracklet-main-Data:.*OtherKeysStore/);
  });
});

describe('every bucket', () => {
  const buckets = Object.entries(data.findResources(BUCKET));
  const policies = Object.values(data.findResources('AWS::S3::BucketPolicy'));

  it.each(buckets)('%s is encrypted and shut to the public', (_, { Properties }) => {
    expect(Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(Properties.BucketEncryption.ServerSideEncryptionConfiguration).toHaveLength(1);
    expect(Properties.OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  });

  it.each(buckets.map(([id]) => id))('%s refuses requests without TLS', (id) => {
    const policy = policies.find(({ Properties }) => Properties.Bucket.Ref === id);
    expect(policy?.Properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });
});

describe('retained, the default', () => {
  it('outlives its stack, which nobody deletes by mistake', () => {
    data.allResources(TABLE, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    data.allResources(BUCKET, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    data.hasResourceProperties(TABLE, { Replicas: [Match.objectLike({ DeletionProtectionEnabled: true })] });
    expect(stacks.data.terminationProtection).toBe(true);
  });
});

describe('destroyed', () => {
  it('goes with its stack, artifacts and all', () => {
    destroyed.data.allResources(TABLE, { DeletionPolicy: 'Delete' });
    destroyed.data.allResources(BUCKET, { DeletionPolicy: 'Delete' });
    destroyed.data.hasResourceProperties(TABLE, { Replicas: [Match.objectLike({ DeletionProtectionEnabled: false })] });
    destroyed.data.resourceCountIs('Custom::S3AutoDeleteObjects', 2);
    expect(destroyed.stacks.data.terminationProtection).toBe(false);
  });
});
