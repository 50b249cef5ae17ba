import { Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi as GatewayApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import type { AuthMode } from '../../functions/entry/env.ts';
import { type Keeping, newLogGroup, type ServiceFunction } from './service-function.ts';

export interface HttpApiProps extends Keeping {
  readonly description: string;
  /** Who is let in: whom AWS vouches for, or everybody, where the functions ask who calls. */
  readonly auth: AuthMode;
  /** Answers what no route names. */
  readonly defaultService: ServiceFunction;
  /** Requests a second, over all clients; beyond it the answer is 429, which the stock client tries again. */
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** Who asked for what and how it went. The path is without its query: that may carry names and filters of users. */
const ACCESS_LOG = {
  time: '$context.requestTime',
  requestId: '$context.requestId',
  sourceIp: '$context.identity.sourceIp',
  caller: '$context.identity.userArn',
  method: '$context.httpMethod',
  path: '$context.path',
  route: '$context.routeKey',
  status: '$context.status',
  responseBytes: '$context.responseLength',
  latencyMs: '$context.responseLatency',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
};

const GUARDED =
  'The function asks who calls, by password, token or session, and what they may do: functions/api/guard has a line for each operation.';

/** The gateway in front of the functions: it or they ask who calls, on every route that is not opened here. */
export class HttpApi extends Construct {
  readonly url: string;
  readonly #api: GatewayApi;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    this.#api = new GatewayApi(this, 'Api', {
      apiName: Stack.of(this).stackName,
      description: props.description,
      defaultAuthorizer: props.auth === 'iam' ? new HttpIamAuthorizer() : new HttpNoneAuthorizer(),
      defaultIntegration: integrationOf(props.defaultService),
      createDefaultStage: false,
    });
    if (props.auth !== 'iam') {
      Validations.of(this.#api).acknowledge({ id: 'AwsSolutions-APIG4', reason: GUARDED });
    }
    this.url = this.#api.apiEndpoint;
    this.#addStage(props);
  }

  /** Sends all methods of `paths` to `service`. */
  route(paths: readonly string[], service: ServiceFunction): void {
    const integration = integrationOf(service);
    for (const path of paths) this.#api.addRoutes({ path, integration });
  }

  /** Opens GET of `paths` to the world, for the `reason` given. */
  open(paths: readonly string[], service: ServiceFunction, reason: string): void {
    const integration = integrationOf(service);
    const options = { methods: [HttpMethod.GET], authorizer: new HttpNoneAuthorizer(), integration };
    const routes = paths.flatMap((path) => this.#api.addRoutes({ path, ...options }));
    for (const route of routes) Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason });
  }

  /** What its metrics are told by. */
  get apiId(): string {
    return this.#api.apiId;
  }

  /** What an IAM policy names to let its holder call every route. */
  get invokeArn(): string {
    return Stack.of(this).formatArn({ service: 'execute-api', resource: this.#api.apiId, resourceName: '$default/*' });
  }

  #addStage(props: HttpApiProps): void {
    const { rateLimit, burstLimit } = props;
    const accessLog = newLogGroup(this, 'AccessLog', props);
    new HttpStage(this, 'Stage', {
      httpApi: this.#api,
      autoDeploy: true,
      throttle: { rateLimit, burstLimit },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
  }
}

const integrationOf = (service: ServiceFunction) => new HttpLambdaIntegration(service.node.id, service.handler);
