import { type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnSecret, Secret, type SecretProps } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { IDENTITY_ENV, USERS_ENV } from '../../functions/entry/env.ts';
import type { CustomerKey } from './customer-key.ts';
import type { ServiceFunction } from './service-function.ts';

export interface IdentitySecretsProps {
  /** Without the secret that signs tokens none of them is good any more. */
  readonly removalPolicy: RemovalPolicy;
  /** Whether users sign in by password, the first admin too. */
  readonly hasPasswords: boolean;
  /** Encrypts them. @default a key of AWS's */
  readonly customerKey?: CustomerKey | undefined;
}

/** What users sign in with at first, and what signs their tokens. Functions learn the names of both, never from a variable what they hold. */
export class IdentitySecrets extends Construct {
  readonly #adminPassword: Secret | undefined;
  readonly #tokenKey: Secret;
  readonly #customerKey: CustomerKey | undefined;

  constructor(scope: Construct, id: string, { removalPolicy, hasPasswords, customerKey }: IdentitySecretsProps) {
    super(scope, id);
    this.#customerKey = customerKey;
    this.#adminPassword = hasPasswords ? this.#newAdminPassword(removalPolicy) : undefined;
    this.#tokenKey = this.#newSecret('TokenKey', {
      description: 'Tracklet: signs the tokens of users; another one ends them all',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy,
    });
    Validations.of(this.#tokenKey).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Another key ends all tokens at once, of every job and client: an operator decides when (docs/deploy.md).',
    });
  }

  /** Undefined where nobody signs in by password. */
  get adminPasswordArn(): string | undefined {
    return this.#adminPassword?.secretArn;
  }

  get tokenKeyArn(): string {
    return this.#tokenKey.secretArn;
  }

  /** Lets `service` sign and check tokens. */
  grantTokens(service: ServiceFunction): void {
    this.#grant(service, USERS_ENV.tokenKeySecret, this.#tokenKey);
  }

  /** Lets `service` make the first admin, where one signs in by password. */
  grantFirstAdmin(service: ServiceFunction): void {
    if (this.#adminPassword) this.#grant(service, IDENTITY_ENV.adminSecret, this.#adminPassword);
  }

  #newAdminPassword(removalPolicy: RemovalPolicy): Secret {
    const secret = this.#newSecret('AdminPassword', {
      description: "Tracklet: the password that the user 'admin' is made with; change it after the first sign-in",
      // Characters that need no care in a shell or a URL.
      generateSecretString: { passwordLength: 32, excludePunctuation: true },
      removalPolicy,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'It makes the first admin, once; who changes it here would not change that of the user.',
    });
    return secret;
  }

  #newSecret(id: string, props: SecretProps): Secret {
    const secret = new Secret(this, id, props);
    const resource = secret.node.defaultChild;
    if (this.#customerKey && resource instanceof CfnSecret) {
      // The CDK's own way would have the key, of another stack, name what is in this one.
      resource.kmsKeyId = this.#customerKey.key.keyArn;
    }
    return secret;
  }

  #grant(service: ServiceFunction, variable: string, { secretArn }: Secret): void {
    service.addEnvironment(variable, secretArn);
    service.allow(['secretsmanager:GetSecretValue'], [secretArn]);
    this.#customerKey?.grantUse(service);
  }
}
