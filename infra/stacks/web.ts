import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { PriceClass } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import type { DomainConfig } from '../config.ts';
import type { ArtifactBucket } from '../constructs/artifact-bucket.ts';
import { EdgeDistribution } from '../constructs/edge-distribution.ts';
import type { EdgeKeys } from '../constructs/edge-keys.ts';
import { EdgeLog } from '../constructs/edge-log.ts';
import { EdgeSite } from '../constructs/edge-site.ts';
import type { Keeping } from '../constructs/service-function.ts';

export interface WebStackProps extends StackProps {
  readonly keeping: Keeping;
  readonly artifacts: ArtifactBucket;
  readonly keys: EdgeKeys;
  readonly apiUrl: string;
  readonly priceClass: PriceClass;
  readonly hasLog: boolean;
  readonly domain: DomainConfig | undefined;
  readonly webAclArn: string | undefined;
}

/** One address for all: the dashboard, the API, and files of any size, straight to and from the bucket. Keeps nothing. */
export class WebStack extends Stack {
  readonly edge: EdgeDistribution;

  constructor(scope: Construct, id: string, props: WebStackProps) {
    super(scope, id, props);
    const { keeping, hasLog, ...parts } = props;
    const { removalPolicy } = keeping;
    const site = new EdgeSite(this, 'Site', keeping);
    const log = hasLog ? new EdgeLog(this, 'AccessLog', { removalPolicy }).bucket : undefined;
    const edge = new EdgeDistribution(this, 'Edge', { ...parts, site: site.bucket, log });
    this.edge = edge;

    new CfnOutput(this, 'DashboardUrl', { value: edge.url });
    new CfnOutput(this, 'TrackingUri', { value: edge.url });
    new CfnOutput(this, 'DistributionId', { value: edge.distributionId });
  }
}
