import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Acknowledgment, Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type Conditions, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  ApplicationLogLevel,
  Architecture,
  type IFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, type ICommandHooks, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { NODE_ENVIRONMENT } from '../../functions/entry/env.ts';
import type { Config } from '../config.ts';

/** What becomes of logs, and of what else a stack keeps. */
export interface Keeping {
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
  /** Encrypts the logs. @default a key of AWS */
  readonly logKey?: IKey | undefined;
  /** Below which functions write no line. @default INFO, Lambda's */
  readonly logLevel?: Config['logLevel'];
}

/** A log that is kept as long as it is asked for. */
export const newLogGroup = (scope: Construct, id: string, { logRetention, removalPolicy, logKey }: Keeping): LogGroup =>
  new LogGroup(scope, id, {
    retention: logRetention,
    removalPolicy,
    ...(logKey ? { encryptionKey: logKey } : {}),
  });

export interface ServiceFunctionProps extends Keeping {
  /** The entry's file in functions/entry. */
  readonly entry: `${string}.lambda.ts`;
  readonly description: string;
  /** How many of it run at most; so many are kept free of the account's. @default as many as the account has left */
  readonly reservedConcurrency?: number | undefined;
  /** @default 1024: over half a processor, which bounds how long a cold start takes */
  readonly memoryMb?: number;
  /** @default 29 s: HTTP APIs give up after 30 s; an answer later than that reaches nobody */
  readonly timeout?: Duration;
  /** Folders that lie beside the bundle: what each is called there, and its path. @default none */
  readonly files?: Readonly<Record<string, string>>;
}

const API_TIMEOUT = Duration.seconds(29);

/** A path of the project, absolute. */
export const projectFile = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** One ESM file with the SDK in it: loads twice as fast as CommonJS, three times as fast as with the runtime's SDK. */
export const BUNDLING: BundlingOptions = {
  format: OutputFormat.ESM,
  mainFields: ['module', 'main'],
  target: 'node20',
  bundleAwsSDK: true,
  minify: true,
  sourceMap: true,
  sourcesContent: false,
  // Without the SDK's search for credentials, which a function has no use for: 111 of 708 KB.
  esbuildArgs: { '--alias:@aws-sdk/credential-provider-node': projectFile('functions/entry/lambda-credentials.ts') },
};

/** By node, because the commands run in the shell of the deployer's system. */
const COPY = `node -e "const [, from, to] = process.argv; require('node:fs').cpSync(from, to, { recursive: true })"`;

const copyHooks = (files: Readonly<Record<string, string>>): ICommandHooks => ({
  beforeBundling: () => [],
  beforeInstall: () => [],
  afterBundling: (_, outputFolder) =>
    Object.entries(files).map(([name, folder]) => `${COPY} "${folder}" "${join(outputFolder, name)}"`),
});

/** A function with the house's defaults. It may write its own log and nothing else until it is granted more. */
export class ServiceFunction extends Construct {
  readonly handler: IFunction;
  readonly #function: NodejsFunction;
  readonly #role: Role;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { logLevel = 'INFO', reservedConcurrency } = props;
    const logGroup = newLogGroup(this, 'Logs', props);
    // The role that the CDK makes by itself may write every log of the account.
    this.#role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.#role);
    this.#function = new NodejsFunction(this, 'Function', {
      entry: projectFile(`functions/entry/${props.entry}`),
      projectRoot: projectFile(''),
      depsLockFilePath: projectFile('package-lock.json'),
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb ?? 1024,
      timeout: props.timeout ?? API_TIMEOUT,
      role: this.#role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // Three lines for every request would cost more than the request.
      systemLogLevelV2: SystemLogLevel.WARN,
      ...(logLevel === 'INFO' ? {} : { applicationLogLevelV2: ApplicationLogLevel[logLevel] }),
      ...(reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: reservedConcurrency }),
      environment: { ...NODE_ENVIRONMENT },
      awsSdkConnectionReuse: false,
      bundling: { ...BUNDLING, commandHooks: copyHooks(props.files ?? {}) },
    });
    this.handler = this.#function;
  }

  /** Sets a variable that functions/entry/env.ts names. */
  addEnvironment(name: string, value: string): void {
    this.#function.addEnvironment(name, value);
  }

  /** Allows `actions` on `resources`, under conditions if there are any. */
  allow(actions: readonly string[], resources: readonly string[], conditions: Conditions = {}): void {
    this.#role.addToPrincipalPolicy(
      new PolicyStatement({ actions: [...actions], resources: [...resources], conditions }),
    );
  }

  /** Argues for what this function is allowed where a rule objects. */
  acknowledge(finding: Acknowledgment): void {
    Validations.of(this.#role).acknowledge(finding);
  }
}
