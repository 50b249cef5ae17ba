import { Stack } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** Requests of one address in five minutes: a hundred a second, for a whole team may be behind one. */
const RATE_LIMIT = 30_000;
const WAIT_SECONDS = '60';

/** Of AWS's own rules these judge bodies, which are data here: a param may hold any text, and a batch has a megabyte. */
const RULES_ON_BODIES = [
  'SizeRestrictions_BODY',
  'EC2MetaDataSSRF_BODY',
  'GenericLFI_BODY',
  'GenericRFI_BODY',
  'CrossSiteScripting_BODY',
];

interface ManagedRules {
  readonly name: string;
  /** Rules whose matches are counted and let through. */
  readonly counted?: readonly string[];
}

const MANAGED: readonly ManagedRules[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet', counted: ['JavaDeserializationRCE_BODY', 'Log4JRCE_BODY'] },
  { name: 'AWSManagedRulesCommonRuleSet', counted: RULES_ON_BODIES },
];

/** Looks at requests before the distribution does: a rate for each address, and AWS's own rules. In us-east-1 alone. */
export class WebAcl extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const name = Stack.of(this).stackName;
    const acl = new CfnWebACL(this, 'Acl', {
      name,
      description: 'Tracklet: what reaches the distribution',
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: seenAs(name),
      rules: [rateRule(0), ...MANAGED.map((rules, at) => managedRule(at + 1, rules))],
    });
    this.arn = acl.attrArn;
  }
}

const seenAs = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
  metricName,
});

/** The stock client waits as told, and then tries again. */
const rateRule = (priority: number): CfnWebACL.RuleProperty => ({
  name: 'rate',
  priority,
  statement: { rateBasedStatement: { limit: RATE_LIMIT, aggregateKeyType: 'IP' } },
  action: {
    block: {
      customResponse: { responseCode: 429, responseHeaders: [{ name: 'Retry-After', value: WAIT_SECONDS }] },
    },
  },
  visibilityConfig: seenAs('rate'),
});

const managedRule = (priority: number, { name, counted = [] }: ManagedRules): CfnWebACL.RuleProperty => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: seenAs(name),
});
