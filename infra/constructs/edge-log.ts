import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Bucket, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { privateBucket } from './private-bucket.ts';

export interface EdgeLogProps {
  readonly removalPolicy: RemovalPolicy;
}

/** Who asked the distribution for what, for 90 days. */
export class EdgeLog extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { removalPolicy }: EdgeLogProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      ...privateBucket(removalPolicy),
      // CloudFront delivers with an access control list, in the name of an account of its own.
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{ id: 'expire', expiration: Duration.days(90) }],
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'This bucket holds the access logs of the distribution; nothing but CloudFront writes it.',
    });
  }
}
