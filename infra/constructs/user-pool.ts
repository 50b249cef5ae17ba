import { Aws, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccountRecovery, CfnUserPoolGroup, UserPool as CognitoPool, Mfa, OAuthScope } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';

export interface UserPoolProps {
  readonly stage: string;
  /** Without the pool, its users are gone. */
  readonly removalPolicy: RemovalPolicy;
  /** How browsers reach the deployment. */
  readonly publicOrigin: string;
  /** Who is in it is an admin. */
  readonly adminGroup: string | undefined;
}

const CALLBACK = '/api/2.0/tracklet/oidc/callback';

/**
 * People who sign in by their e-mail address, at a page of Cognito's. An admin makes them; nobody signs up. Our client there is a
 * public one, which PKCE alone protects: CloudFormation tells no secret of a client but in clear.
 */
export class UserPool extends Construct {
  readonly poolId: string;
  readonly issuer: string;
  readonly clientId: string;

  constructor(scope: Construct, id: string, props: UserPoolProps) {
    super(scope, id);
    const { stage, removalPolicy, publicOrigin, adminGroup } = props;
    const pool = new CognitoPool(this, 'Pool', {
      userPoolName: Stack.of(this).stackName,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      // Who changes an address must show that it is theirs, before they are known by it.
      keepOriginal: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      deletionProtection: removalPolicy === RemovalPolicy.RETAIN,
      removalPolicy,
    });
    acknowledgeFindings(pool);
    // The names of all accounts are one space.
    pool.addDomain('Domain', { cognitoDomain: { domainPrefix: `tracklet-${Aws.ACCOUNT_ID}-${stage}` } });
    const client = pool.addClient('Client', {
      userPoolClientName: 'tracklet',
      generateSecret: false,
      authFlows: {},
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      idTokenValidity: Duration.hours(1),
      accessTokenValidity: Duration.hours(1),
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.PROFILE, OAuthScope.EMAIL],
        callbackUrls: [publicOrigin + CALLBACK],
        logoutUrls: [`${publicOrigin}/`],
      },
    });
    if (adminGroup !== undefined) {
      const description = 'Tracklet: admins';
      new CfnUserPoolGroup(this, 'Admins', { userPoolId: pool.userPoolId, groupName: adminGroup, description });
    }
    this.poolId = pool.userPoolId;
    this.issuer = pool.userPoolProviderUrl;
    this.clientId = client.userPoolClientId;
  }
}

function acknowledgeFindings(pool: CognitoPool): void {
  Validations.of(pool).acknowledge(
    {
      id: 'AwsSolutions-COG2',
      reason: 'Everybody may have a second factor; whether all must is the pool’s administrator’s to say, in the pool.',
    },
    {
      id: 'AwsSolutions-COG8',
      reason: 'The plan with threat protection has a price for each user and month; it can be chosen in the pool.',
    },
    {
      id: 'AwsSolutions-COG3',
      reason: 'Threat protection has a price for each user and month; it can be switched on in the pool.',
    },
  );
}
