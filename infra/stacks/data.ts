import { CfnOutput, type RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config, OtherTable } from '../config.ts';
import { ArtifactBucket } from '../constructs/artifact-bucket.ts';
import { CustomerKey } from '../constructs/customer-key.ts';
import { EdgeKeys } from '../constructs/edge-keys.ts';
import { TrackingTable } from '../constructs/tracking-table.ts';

export interface DataStackProps extends StackProps {
  readonly removalPolicy: RemovalPolicy;
  /** What is used in the place of the table that the stack has. @default its own */
  readonly inPlaceOfTable?: OtherTable | undefined;
  readonly kmsKey: Config['kmsKey'];
  readonly artifactBucket: Config['artifactBucket'];
}

/** All that lasts: the table and the artifacts. Apart from the functions, so that these can go and come back. */
export class DataStack extends Stack {
  readonly table: TrackingTable;
  readonly artifacts: ArtifactBucket;
  /** Undefined where AWS's own keys do. */
  readonly customerKey: CustomerKey | undefined;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    const { removalPolicy, inPlaceOfTable: inPlace, kmsKey, artifactBucket: existing } = props;
    const customerKey =
      kmsKey === undefined ? undefined : new CustomerKey(this, 'CustomerKey', { kmsKey, removalPolicy });
    this.customerKey = customerKey;
    this.table = new TrackingTable(this, 'Tracking', { removalPolicy, inPlace, customerKey });
    this.artifacts = new ArtifactBucket(this, 'Artifacts', { removalPolicy, customerKey, existing });
    new CfnOutput(this, 'TableName', { value: this.table.tableName });
    new CfnOutput(this, 'BucketName', { value: this.artifacts.bucketName });
  }

  /** Adds what a distribution in front of the data needs of it: the bucket's leave, and a store for what the edge must know. */
  addEdge(): EdgeKeys {
    this.artifacts.grantEdge();
    const keys = new EdgeKeys(this, 'EdgeKeys');
    new CfnOutput(this, 'EdgeKeysArn', { value: keys.store.keyValueStoreArn });
    return keys;
  }
}
