import { CustomResource, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ArtifactBucket } from './artifact-bucket.ts';
import type { EdgeKeys } from './edge-keys.ts';
import { FunctionSchedule } from './function-schedule.ts';
import type { IdentitySecrets } from './identity-secrets.ts';
import { type Keeping, ServiceFunction } from './service-function.ts';
import type { TrackingTable } from './tracking-table.ts';

export interface IdentityUpkeepProps extends Keeping {
  readonly table: TrackingTable;
  readonly artifacts: ArtifactBucket;
  readonly secrets: IdentitySecrets;
  /** What the edge knows. @default there is no edge */
  readonly keys?: EdgeKeys | undefined;
}

/**
 * Makes the first admin when it is deployed, tells the edge of tokens each minute, and has the edge forget them all when
 * users are switched off.
 */
export class IdentityUpkeep extends Construct {
  readonly service: ServiceFunction;

  constructor(scope: Construct, id: string, props: IdentityUpkeepProps) {
    super(scope, id);
    const { table, artifacts, secrets, keys, ...kept } = props;
    this.service = new ServiceFunction(this, 'Service', {
      entry: 'identity-upkeep.lambda.ts',
      description: 'Tracklet: makes the first admin, and tells the edge of tokens',
      // A hash of a password takes 32 MB and half a second of a whole processor.
      memoryMb: 512,
      timeout: Duration.minutes(1),
      ...kept,
    });
    table.grantIdentity(this.service);
    artifacts.tellName(this.service);
    secrets.grantFirstAdmin(this.service);
    if (keys) {
      // The edge is told what tokens are checked with.
      secrets.grantTokens(this.service);
      keys.grantRotate(this.service);
    }
    const users = new CustomResource(this, 'Users', {
      resourceType: 'Custom::Users',
      serviceToken: this.service.handler.functionArn,
      serviceTimeout: Duration.minutes(5),
    });
    // Its call needs the permissions, also the one with which it ends.
    users.node.addDependency(this.service);
    if (!keys) return;
    const schedule = new FunctionSchedule(this, 'Schedule', {
      service: this.service,
      events: [{ id: 'TellEdge', every: Duration.minutes(1), event: {} }],
    });
    // So that it ends first: it would tell the edge anew of what was forgotten.
    schedule.node.addDependency(users);
  }
}
