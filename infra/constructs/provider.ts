import { Stack, Token } from 'aws-cdk-lib';
import type { OidcEnvironment } from '../../functions/entry/access-environment.ts';
import { OIDC_ENV } from '../../functions/entry/env.ts';
import type { OidcConfig } from '../config.ts';
import type { ServiceFunction } from './service-function.ts';

/** An OpenID provider, and how it knows us. */
export interface ProviderAddress {
  readonly issuer: string;
  readonly clientId: string;
}

/** Tells functions of the provider where users sign in. */
export interface Provider {
  /** For a function that takes its tokens. */
  readonly tell: (service: ServiceFunction) => void;
  /** For the one that signs in there, and may read the client's secret for that. */
  readonly grantSignIn: (service: ServiceFunction) => void;
}

/** The provider at `address`. */
export function describeProvider(
  { provider: _, clientSecret, ...claims }: OidcConfig,
  { issuer, clientId }: ProviderAddress,
): Provider {
  const tell = (service: ServiceFunction, secret: Pick<OidcEnvironment, 'clientSecretArn'>) =>
    // What is known at deploy time alone, an issuer and an id, needs no escape in JSON.
    service.addEnvironment(OIDC_ENV, JSON.stringify({ ...claims, issuer, clientId, ...secret }));
  return {
    tell: (service) => tell(service, {}),
    grantSignIn: (service) => {
      if (clientSecret === undefined) return tell(service, {});
      tell(service, { clientSecretArn: clientSecret });
      grantRead(service, clientSecret);
    },
  };
}

/** Secrets Manager puts six characters of its own behind the name; an ARN may be given with them or without. */
function grantRead(service: ServiceFunction, nameOrArn: string): void {
  const isArn = nameOrArn.startsWith('arn:');
  const isWhole = isArn && /-[A-Za-z0-9]{6}$/.test(nameOrArn);
  const arn = isArn ? nameOrArn : secretArn(Stack.of(service), nameOrArn);
  const resource = isWhole ? arn : `${arn}-??????`;
  service.allow(['secretsmanager:GetSecretValue'], [resource]);
  if (isWhole) return;
  service.acknowledge({
    id: `AwsSolutions-IAM5[Resource::${nameInFindings(resource)}]`,
    reason: 'The one secret: its name ends in six characters that only Secrets Manager knows.',
  });
}

const secretArn = (stack: Stack, name: string): string =>
  `arn:${stack.partition}:secretsmanager:${stack.region}:${stack.account}:secret:${name}`;

/** The rules write what is known at deploy time alone in angle brackets. */
const nameInFindings = (arn: string): string =>
  Token.isUnresolved(arn) ? arn.replace(/^arn:.*?:secretsmanager:.*:secret:/, PSEUDO_PREFIX) : arn;

const PSEUDO_PREFIX = 'arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:';
