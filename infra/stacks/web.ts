import { CfnOutput, type RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { PriceClass } from 'aws-cdk-lib/aws-cloudfront';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ArtifactBucket } from '../constructs/artifact-bucket.ts';
import { EdgeDistribution } from '../constructs/edge-distribution.ts';
import type { EdgeKeys } from '../constructs/edge-keys.ts';
import { EdgeLog } from '../constructs/edge-log.ts';
import { EdgeSite } from '../constructs/edge-site.ts';

export interface WebStackProps extends StackProps {
  readonly artifacts: ArtifactBucket;
  readonly keys: EdgeKeys;
  readonly apiUrl: string;
  readonly priceClass: PriceClass;
  readonly hasLog: boolean;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

/** One address for all: the dashboard, the API, and files of any size, straight to and from the bucket. Keeps nothing. */
export class WebStack extends Stack {
  constructor(scope: Construct, id: string, props: WebStackProps) {
    super(scope, id, props);
    const { artifacts, keys, apiUrl, priceClass, hasLog, logRetention, removalPolicy } = props;
    const site = new EdgeSite(this, 'Site', { logRetention, removalPolicy });
    const log = hasLog ? new EdgeLog(this, 'AccessLog', { removalPolicy }).bucket : undefined;
    const edge = new EdgeDistribution(this, 'Edge', { apiUrl, artifacts, keys, site: site.bucket, priceClass, log });

    new CfnOutput(this, 'DashboardUrl', { value: edge.url });
    new CfnOutput(this, 'TrackingUri', { value: edge.url });
    new CfnOutput(this, 'DistributionId', { value: edge.distributionId });
  }
}
