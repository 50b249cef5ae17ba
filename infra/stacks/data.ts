import { CfnOutput, type RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ArtifactBucket } from '../constructs/artifact-bucket.ts';
import { TrackingTable } from '../constructs/tracking-table.ts';

export interface DataStackProps extends StackProps {
  readonly removalPolicy: RemovalPolicy;
}

/** All that lasts: the table and the artifacts. Apart from the functions, so that these can go and come back. */
export class DataStack extends Stack {
  readonly table: TrackingTable;
  readonly artifacts: ArtifactBucket;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    const { removalPolicy } = props;
    this.table = new TrackingTable(this, 'Tracking', { removalPolicy });
    this.artifacts = new ArtifactBucket(this, 'Artifacts', { removalPolicy });
    new CfnOutput(this, 'TableName', { value: this.table.tableName });
    new CfnOutput(this, 'BucketName', { value: this.artifacts.bucketName });
  }
}
