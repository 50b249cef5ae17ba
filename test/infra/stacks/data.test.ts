import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { synthesise } from '../new-deployment.ts';

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
