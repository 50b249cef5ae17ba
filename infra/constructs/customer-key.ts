import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

export interface CustomerKeyProps {
  /** `create`, or the ARN of a key whose policy lets in whom docs/deploy.md names. */
  readonly kmsKey: string;
  readonly removalPolicy: RemovalPolicy;
}

/** AWS (DynamoDB, S3, Secrets Manager): what whoever reads and writes encrypted data needs of the key. */
const USE_ACTIONS = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** The key of a customer, for the table, the artifacts, the secrets and the logs. */
export class CustomerKey extends Construct {
  readonly key: IKey;

  constructor(scope: Construct, id: string, { kmsKey, removalPolicy }: CustomerKeyProps) {
    super(scope, id);
    this.key = kmsKey === 'create' ? this.#create(removalPolicy) : Key.fromKeyArn(this, 'Given', kmsKey);
  }

  /** Lets `service` read and write what this key encrypts, as far as it may read and write it at all. */
  grantUse(service: ServiceFunction): void {
    service.allow(USE_ACTIONS, [this.key.keyArn]);
  }

  #create(removalPolicy: RemovalPolicy): Key {
    const { account, partition, region, urlSuffix } = Stack.of(this);
    const key = new Key(this, 'Key', {
      description: 'Tracklet: table, artifacts, secrets and logs',
      enableKeyRotation: true,
      removalPolicy,
    });
    const letIn = (service: string, actions: readonly string[], conditions: object) =>
      key.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal(service)],
          actions: [...actions],
          resources: ['*'],
          conditions,
        }),
      );
    letIn(
      `logs.${region}.${urlSuffix}`,
      ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      {
        ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` },
      },
    );
    // For the road of files; of this account's distributions, as the bucket's policy says (artifact-bucket.ts).
    letIn('cloudfront.amazonaws.com', ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*'], {
      ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudfront::${account}:distribution/*` },
    });
    return key;
  }
}
