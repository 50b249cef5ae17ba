const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000';
const OIDC = {
  'tracklet:auth': 'oidc',
  'tracklet:oidcIssuer': 'https://id.example.org/realms/ml',
  'tracklet:oidcClientId': 'tracklet',
  'tracklet:oidcClientSecret': 'tracklet/oidc-client',
  'tracklet:oidcAdminGroup': 'ml-platform',
};
const DOMAIN = {
  'tracklet:domain': 'tracklet.example.org',
  'tracklet:certificateArn': CERTIFICATE,
  'tracklet:hostedZoneId': 'Z0123456789ABCDEFGHIJ',
};

/** Deployments that differ as much as the settings let them. */
export const CONFIGURATIONS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  default: {},
  users: { 'tracklet:auth': 'users', 'tracklet:defaultPermission': 'NO_PERMISSIONS', 'tracklet:redaction': 'mask' },
  'users, API only': { 'tracklet:auth': 'users', 'tracklet:web': 'off' },
  'everything on': {
    ...OIDC,
    ...DOMAIN,
    'tracklet:waf': 'on',
    'tracklet:kmsKey': 'create',
    'tracklet:alarmEmail': 'ops@example.org',
    'tracklet:monthlyBudget': 50,
    'tracklet:reservedConcurrency': 20,
    'tracklet:logLevel': 'DEBUG',
    'tracklet:events': 'on',
    'tracklet:gcAfterDays': 30,
    'tracklet:permissionsBoundary': 'arn:aws:iam::111122223333:policy/boundary',
    'tracklet:tags': { team: 'vision' },
  },
  'API only, with alarms': { 'tracklet:web': 'off', 'tracklet:alarms': 'on', 'tracklet:logLevel': 'ERROR' },
  'direct, destroyed': {
    'tracklet:artifactAccess': 'direct',
    'tracklet:removalPolicy': 'destroy',
    'tracklet:stage': 'test',
    'tracklet:webLog': 'off',
    'tracklet:priceClass': '100',
  },
  cognito: {
    'tracklet:auth': 'oidc',
    'tracklet:cognito': 'on',
    'tracklet:publicOrigin': 'https://d111111abcdef8.cloudfront.net',
    'tracklet:alarmEmail': 'ops@example.org',
  },
  'a bucket, a key and a web ACL that are there already': {
    ...OIDC,
    'tracklet:publicOrigin': 'https://d111111abcdef8.cloudfront.net',
    'tracklet:oidcClientSecret': 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:tracklet/oidc-AbCdEf',
    'tracklet:artifactBucket': 'the-bucket-of-the-team',
    'tracklet:kmsKey': 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000',
    'tracklet:webAclArn':
      'arn:aws:wafv2:us-east-1:111122223333:global/webacl/team/0a1b2c3d-0000-4000-8000-000000000000',
  },
};
