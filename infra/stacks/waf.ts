import { CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { WebAcl } from '../constructs/web-acl.ts';

/** AWS: a web ACL for CloudFront is one of this region, wherever the rest is. */
const REGION = 'us-east-1';
const OUTPUT = 'WebAclArn';

/** What looks at requests before the distribution does. A stack of its own, for it must be in us-east-1. */
export class WafStack extends Stack {
  /** For a stack in any region: it asks for this one's output, as an import reaches no other region. */
  readonly webAclArn: string;

  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, { ...props, env: { region: REGION } });
    new CfnOutput(this, OUTPUT, { value: new WebAcl(this, 'WebAcl').arn });
    this.webAclArn = Fn.getStackOutput(this.stackName, OUTPUT, REGION);
  }
}
