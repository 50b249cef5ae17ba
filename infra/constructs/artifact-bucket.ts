import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ENV } from '../../functions/entry/env.ts';
import type { Config } from '../config.ts';
import type { ServiceFunction } from './service-function.ts';

export interface ArtifactBucketProps {
  /** Destroyed, the bucket goes with all that is in it. */
  readonly removalPolicy: RemovalPolicy;
}

/** All artifacts lie below this prefix (functions/artifacts/s3-artifact-store.ts). */
const ROOT = 'artifacts';
/** What functions/artifacts/ calls on objects; the parts of a multipart upload count as PutObject. */
const OBJECT_ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'];

/** Archived runs lie below this one (functions/store/archive/s3-segment-files.ts). */
const SEGMENTS = 'segments';

/** The artifacts and the archive: versioned, encrypted, over TLS only, never public; who read what is in the access logs beside it. */
export class ArtifactBucket extends Construct {
  readonly bucketName: string;
  /** Named by us, because the rules name a finding by it and the argument must name the finding. */
  readonly #exportName: string;
  readonly #importedArn: string;

  constructor(scope: Construct, id: string, { removalPolicy }: ArtifactBucketProps) {
    super(scope, id);
    const common = commonProps(removalPolicy);
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...common,
      lifecycleRules: [{ id: 'expire', expiration: Duration.days(90) }],
    });
    Validations.of(accessLogs).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'This bucket holds the access logs; logging its own accesses into itself would never end.',
    });
    const bucket = new Bucket(this, 'Bucket', {
      ...common,
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      lifecycleRules: [
        { id: 'abort-unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
        {
          id: 'expire-old-versions',
          noncurrentVersionExpiration: Duration.days(30),
          expiredObjectDeleteMarker: true,
        },
      ],
    });
    const stack = Stack.of(this);
    this.bucketName = bucket.bucketName;
    this.#exportName = `${stack.stackName}-ArtifactBucketArn`;
    this.#importedArn = stack.exportValue(bucket.bucketArn, { name: this.#exportName });
  }

  /** Where clients look for artifacts: at the server, or in S3 by themselves. */
  rootFor(access: Config['artifactAccess']): string {
    return { proxied: 'mlflow-artifacts:/', direct: `s3://${this.bucketName}/${ROOT}` }[access];
  }

  /** Lets `service`, of another stack, find the bucket, and list, read, write and delete artifacts. */
  grantReadWrite(service: ServiceFunction): void {
    this.#grant(service, ROOT, OBJECT_ACTIONS, 'Clients make the keys of artifacts');
  }

  /** Lets `service`, of another stack, find the bucket and read archived runs. */
  grantReadSegments(service: ServiceFunction): void {
    this.#grant(service, SEGMENTS, ['s3:GetObject'], 'Segments get their keys when they are written');
  }

  /** Lets `service`, of another stack, find the bucket, and list, read, write and delete archived runs. */
  grantReadWriteSegments(service: ServiceFunction): void {
    const actions = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
    this.#grant(service, SEGMENTS, actions, 'Segments get their keys when they are written');
  }

  /** Tells `service`, of another stack, which bucket it is, and lets it do nothing there. */
  tellName(service: ServiceFunction): void {
    service.addEnvironment(ENV.bucketName, this.bucketName);
  }

  #grant(service: ServiceFunction, prefix: string, actions: readonly string[], why: string): void {
    this.tellName(service);
    service.allow(actions, [`${this.#importedArn}/${prefix}/*`]);
    // No condition on the prefix: with one, S3 answers 403 instead of 404 for an object that is not there.
    service.allow(['s3:ListBucket'], [this.#importedArn]);
    service.acknowledge({
      id: `AwsSolutions-IAM5[Resource::${this.#exportName}/${prefix}/*]`,
      reason: `${why}; only those below ${prefix}/ in this bucket are allowed.`,
    });
  }
}

const commonProps = (removalPolicy: RemovalPolicy): BucketProps => ({
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
  removalPolicy,
});
