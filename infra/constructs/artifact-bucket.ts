import { Duration, type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, BucketEncryption, type CorsRule, HttpMethods, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ENV } from '../../functions/entry/env.ts';
import type { Config } from '../config.ts';
import type { CustomerKey } from './customer-key.ts';
import { privateBucket } from './private-bucket.ts';
import type { ServiceFunction } from './service-function.ts';

export interface ArtifactBucketProps {
  /** Destroyed, the bucket goes with all that is in it. */
  readonly removalPolicy: RemovalPolicy;
  /** A bucket that is there already, and whose settings are its owner's. @default a new one */
  readonly existing?: string | undefined;
  /** Encrypts it. @default a key of S3's */
  readonly customerKey?: CustomerKey | undefined;
}

/** All artifacts lie below this prefix (functions/artifacts/s3-artifact-store.ts). */
const ROOT = 'artifacts';
/** What functions/artifacts/ calls on objects; the parts of a multipart upload count as PutObject. */
const OBJECT_ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'];

/** A page of any origin may use a presigned URL: the signature lets in, no cookie does. The parts of uploads need their ETag. */
const BROWSERS: CorsRule = {
  allowedOrigins: ['*'],
  allowedMethods: [HttpMethods.GET, HttpMethods.PUT, HttpMethods.HEAD],
  allowedHeaders: ['*'],
  exposedHeaders: ['ETag', 'Content-Range', 'Content-Disposition', 'Accept-Ranges'],
  maxAge: 3000,
};

/**
 * Headers by which whoever may upload could have S3 copy another object, keep one under a key of his own, or in a storage
 * class from which it cannot be read at once. None of MLflow's clients sends them; the edge sends a request on as it came.
 */
const HEADERS_REFUSED_AT_THE_EDGE = [
  's3:x-amz-copy-source',
  's3:x-amz-server-side-encryption',
  's3:x-amz-server-side-encryption-customer-algorithm',
  's3:x-amz-storage-class',
];

/** Archived runs lie below this one (functions/store/archive/s3-segment-files.ts). */
const SEGMENTS = 'segments';

/** The artifacts and the archive: versioned, encrypted, over TLS only, never public; who read what is in the access logs beside it. */
export class ArtifactBucket extends Construct {
  readonly bucketName: string;
  /** Where the bucket answers: presigned URLs lead there, and CloudFront. */
  readonly domainName: string;
  readonly #bucket: IBucket;
  readonly #key: CustomerKey | undefined;
  /** What other stacks know it by. */
  readonly #importedArn: string;
  /** How the rules name the same in a finding: the argument must name the finding. */
  readonly #nameInFindings: string;

  constructor(scope: Construct, id: string, props: ArtifactBucketProps) {
    super(scope, id);
    const { existing, customerKey } = props;
    const stack = Stack.of(this);
    this.#key = customerKey;
    this.#bucket = existing === undefined ? this.#newBucket(props) : Bucket.fromBucketName(this, 'Given', existing);
    this.bucketName = this.#bucket.bucketName;
    this.domainName = this.#bucket.bucketRegionalDomainName;
    const exportName = `${stack.stackName}-ArtifactBucketArn`;
    this.#nameInFindings = existing === undefined ? exportName : `arn:<AWS::Partition>:s3:::${existing}`;
    this.#importedArn =
      existing === undefined
        ? stack.exportValue(this.#bucket.bucketArn, { name: exportName })
        : `arn:${stack.partition}:s3:::${existing}`;
  }

  #newBucket({ removalPolicy, customerKey }: ArtifactBucketProps): Bucket {
    const common = privateBucket(removalPolicy);
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...common,
      lifecycleRules: [{ id: 'expire', expiration: Duration.days(90) }],
    });
    Validations.of(accessLogs).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'This bucket holds the access logs; logging its own accesses into itself would never end.',
    });
    return new Bucket(this, 'Bucket', {
      ...common,
      ...(customerKey
        ? { encryption: BucketEncryption.KMS, encryptionKey: customerKey.key, bucketKeyEnabled: true }
        : {}),
      versioned: true,
      cors: [BROWSERS],
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
  }

  /** Where clients look for artifacts: at the server, or in S3 by themselves. */
  rootFor(access: Config['artifactAccess']): string {
    return { proxied: 'mlflow-artifacts:/', direct: `s3://${this.bucketName}/${ROOT}` }[access];
  }

  /** Lets `service`, of another stack, find the bucket, and list, read, write and delete artifacts. */
  grantReadWrite(service: ServiceFunction): void {
    this.#grant(service, ROOT, OBJECT_ACTIONS, 'Clients make the keys of artifacts');
  }

  /** Lets `service`, of another stack, find the bucket, and list and read artifacts. */
  grantRead(service: ServiceFunction): void {
    this.#grant(service, ROOT, ['s3:GetObject'], 'Clients make the keys of artifacts');
  }

  /** Lets `service`, of another stack, find the bucket, list and delete artifacts, and end uploads that nobody finished. */
  grantCollect(service: ServiceFunction): void {
    this.#grant(service, ROOT, ['s3:DeleteObject', 's3:AbortMultipartUpload'], 'Clients make the keys of artifacts');
    service.allow(['s3:ListBucketMultipartUploads'], [this.#importedArn]);
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

  /**
   * Lets CloudFront read and write artifacts, and tell that there is none, for distributions of this account.
   *
   * Not for the one distribution alone: it needs the bucket's name, so its ARN in the bucket's policy would make a circle of
   * the two stacks, and a bucket has one policy only, so that it cannot be written beside the distribution (aws-cdk 31462).
   * Who may make distributions in this account can thus reach artifacts; whom that worries gives a deployment its own account.
   * The owner of a bucket that was there already gives this leave (docs/deploy.md): nobody else can write its policy.
   */
  grantEdge(): void {
    const { account, partition } = Stack.of(this);
    const ofThisAccount = { ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudfront::${account}:distribution/*` } };
    const plain = { Null: Object.fromEntries(HEADERS_REFUSED_AT_THE_EDGE.map((header) => [header, 'true'])) };
    const objects = this.#bucket.arnForObjects(`${ROOT}/*`);
    const allow = (action: string, resource: string, conditions: object) =>
      this.#bucket.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
          actions: [action],
          resources: [resource],
          conditions: { ...ofThisAccount, ...conditions },
        }),
      );
    allow('s3:GetObject', objects, {});
    allow('s3:PutObject', objects, plain);
    // Without it, S3 answers 403 instead of 404 for an object that is not there.
    allow('s3:ListBucket', this.#bucket.bucketArn, {});
  }

  /** Tells `service`, of another stack, which bucket it is, and lets it do nothing there. */
  tellName(service: ServiceFunction): void {
    service.addEnvironment(ENV.bucketName, this.bucketName);
  }

  #grant(service: ServiceFunction, prefix: string, actions: readonly string[], why: string): void {
    this.tellName(service);
    this.#key?.grantUse(service);
    service.allow(actions, [`${this.#importedArn}/${prefix}/*`]);
    // No condition on the prefix: with one, S3 answers 403 instead of 404 for an object that is not there.
    service.allow(['s3:ListBucket'], [this.#importedArn]);
    service.acknowledge({
      id: `AwsSolutions-IAM5[Resource::${this.#nameInFindings}/${prefix}/*]`,
      reason: `${why}; only those below ${prefix}/ in this bucket are allowed.`,
    });
  }
}
