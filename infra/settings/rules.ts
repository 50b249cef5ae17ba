import { REDACTION_MODES } from '../../functions/domain/redaction/redact.ts';
import { OIDC_RULES } from '../../functions/oidc/options.ts';
import { DEFAULT_PERMISSIONS, LOG_LEVELS, RETENTION_DAYS, type Settings } from './schema.ts';

const ON_OR_OFF = 'must be on or off';

/** What each setting must be, in the deployer's words. */
export const RULES: Readonly<Record<keyof Settings, string>> = {
  stage: 'must be 1 to 20 lower-case letters, digits and hyphens, and begin with a letter',
  removalPolicy: 'must be retain or destroy',
  table:
    "must be the ARN of a table's stream, such as arn:aws:dynamodb:eu-west-1:111122223333:table/restored/stream/2026-01-31T12:00:00.000",
  logRetentionDays: `must be one of the periods CloudWatch Logs offers: ${RETENTION_DAYS.join(', ')}`,
  logLevel: `must be one of ${LOG_LEVELS.join(', ')}`,
  artifactAccess: 'must be proxied or direct',
  artifactBucket: 'must be the name of a bucket, with no dot in it',
  kmsKey: 'must be create, or the ARN of a key (not of an alias)',
  auth: 'must be iam, users or oidc',
  defaultPermission: `must be one of ${DEFAULT_PERMISSIONS.options.join(', ')}`,
  cognito: ON_OR_OFF,
  oidcIssuer: OIDC_RULES.issuer,
  oidcClientId: OIDC_RULES.clientId,
  oidcClientSecret: 'must be the name or the ARN of a secret in Secrets Manager',
  oidcAudiences: `${OIDC_RULES.audiences}, as a list in cdk.json, or name,name after -c`,
  oidcUsernameClaim: OIDC_RULES.usernameClaim,
  oidcGroupsClaim: OIDC_RULES.groupsClaim,
  oidcAdminGroup: OIDC_RULES.adminGroup,
  oidcAdminUsername: 'must be the name of a user',
  publicOrigin: 'must be https and a host, such as https://d111111abcdef8.cloudfront.net, without a slash at its end',
  domain: 'must be a host name in lower case, such as tracklet.example.org',
  certificateArn: 'must be the ARN of a certificate in us-east-1: CloudFront reads no other',
  hostedZoneId: 'must be the id of a hosted zone of Route 53, such as Z0123456789ABCDEFGHIJ',
  redaction: `must be one of ${REDACTION_MODES.join(', ')}`,
  redactionPatterns:
    'must be an object of names and patterns, as JSON after -c, of at most 2000 characters in all; a pattern has ' +
    'characters, ., \\d, \\w, \\s and classes, repeated by ?, *, + or {n,m}, and | between whole patterns',
  costReport: 'must be none, header, metrics or both',
  upkeepMinutes: 'must be a whole number from 1 to 60',
  rateLimit: 'must be a whole number from 1 to 10000',
  burstLimit: 'must be a whole number from 1 to 5000',
  reservedConcurrency: 'must be a whole number from 1 to 10000',
  web: ON_OR_OFF,
  priceClass: 'must be 100, 200 or all',
  webLog: ON_OR_OFF,
  waf: ON_OR_OFF,
  webAclArn: 'must be the ARN of a web ACL for CloudFront, which is one of us-east-1 with global in it',
  gcAfterDays: 'must be a whole number from 1 to 3650',
  events: ON_OR_OFF,
  alarmEmail: 'must be an e-mail address',
  alarms: ON_OR_OFF,
  monthlyBudget: 'must be a whole number of dollars from 1 to 1000000',
  permissionsBoundary: 'must be the ARN of an IAM policy',
  tags: 'must be an object of names and texts in cdk.json, or name=text,name=text after -c; no name begins with aws:',
};
