import { type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { IDENTITY_ENV, USERS_ENV } from '../../functions/entry/env.ts';
import type { ServiceFunction } from './service-function.ts';

export interface IdentitySecretsProps {
  /** Without the secret that signs tokens none of them is good any more. */
  readonly removalPolicy: RemovalPolicy;
}

/** What users sign in with at first, and what signs their tokens. Functions learn the names of both, never from a variable what they hold. */
export class IdentitySecrets extends Construct {
  readonly #adminPassword: Secret;
  readonly #tokenKey: Secret;

  constructor(scope: Construct, id: string, { removalPolicy }: IdentitySecretsProps) {
    super(scope, id);
    this.#adminPassword = new Secret(this, 'AdminPassword', {
      description: "Tracklet: the password that the user 'admin' is made with; change it after the first sign-in",
      // Characters that need no care in a shell or a URL.
      generateSecretString: { passwordLength: 32, excludePunctuation: true },
      removalPolicy,
    });
    this.#tokenKey = new Secret(this, 'TokenKey', {
      description: 'Tracklet: signs the tokens of users; another one ends them all',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy,
    });
    Validations.of(this.#adminPassword).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'It makes the first admin, once; who changes it here would not change that of the user.',
    });
    Validations.of(this.#tokenKey).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Another key ends all tokens at once, of every job and client: an operator decides when (docs/deploy.md).',
    });
  }

  get adminPasswordArn(): string {
    return this.#adminPassword.secretArn;
  }

  get tokenKeyArn(): string {
    return this.#tokenKey.secretArn;
  }

  /** Lets `service` sign and check tokens. */
  grantTokens(service: ServiceFunction): void {
    this.#grant(service, USERS_ENV.tokenKeySecret, this.#tokenKey);
  }

  /** Lets `service` make the first admin. */
  grantFirstAdmin(service: ServiceFunction): void {
    this.#grant(service, IDENTITY_ENV.adminSecret, this.#adminPassword);
  }

  #grant(service: ServiceFunction, variable: string, { secretArn }: Secret): void {
    service.addEnvironment(variable, secretArn);
    service.allow(['secretsmanager:GetSecretValue'], [secretArn]);
  }
}
