import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { UserPool, type UserPoolProps } from '../constructs/user-pool.ts';

export interface UsersStackProps extends StackProps, UserPoolProps {}

/** The people of a deployment that has a user pool of its own. It lasts as the data do. */
export class UsersStack extends Stack {
  readonly pool: UserPool;

  constructor(scope: Construct, id: string, props: UsersStackProps) {
    super(scope, id, props);
    this.pool = new UserPool(this, 'Users', props);
    new CfnOutput(this, 'UserPoolId', { value: this.pool.poolId });
    new CfnOutput(this, 'Issuer', { value: this.pool.issuer });
    new CfnOutput(this, 'ClientId', { value: this.pool.clientId });
  }
}
