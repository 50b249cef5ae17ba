import { Duration, Fn, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  CfnDistribution,
  Distribution,
  Function as EdgeFunction,
  type ErrorResponse,
  FunctionCode,
  FunctionEventType,
  type FunctionProps,
  HttpVersion,
  type IOrigin,
  OriginRequestPolicy,
  type PriceClass,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  Signing,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { buildEdgeFunction } from '../../build-edge.js';
import type { DomainConfig } from '../config.ts';
import type { ArtifactBucket } from './artifact-bucket.ts';
import { EdgeHeaders } from './edge-headers.ts';
import type { EdgeKeys } from './edge-keys.ts';
import { projectFile } from './service-function.ts';

export interface EdgeDistributionProps {
  /** The API's own address. */
  readonly apiUrl: string;
  readonly artifacts: ArtifactBucket;
  readonly keys: EdgeKeys;
  readonly site: IBucket;
  readonly priceClass: PriceClass;
  /** Where the access log goes. @default there is none */
  readonly log?: IBucket | undefined;
  /** @default a name of CloudFront's */
  readonly domain?: DomainConfig | undefined;
  /** Looks at requests before all else. @default nobody does */
  readonly webAclArn?: string | undefined;
}

/** The edge function names origins by these (functions/edge). */
const ORIGINS = { site: 'site', api: 'api', artifacts: 'artifacts' } as const;

/** Files by their paths. All else about artifacts, such as listing and multipart uploads, is the API's. */
const ARTIFACT_ROADS = ['/api/2.0/mlflow-artifacts/artifacts/*', '/ajax-api/2.0/mlflow-artifacts/artifacts/*'];

/** Where the API answers; any other path is one of the dashboard's. */
const API_PATHS = [
  '/api/*',
  '/ajax-api/*',
  '/get-artifact',
  '/model-versions/get-artifact',
  '/graphql',
  '/v1/*',
  '/health',
  '/version',
];

const ROAD = 'artifact-road';

/**
 * CloudFront keeps errors for ten seconds, also where nothing else is kept: whoever asked for what was made a moment later would
 * not find it, and a client that tries again would get its 503 anew. (AWS: these are the errors that it keeps.)
 */
const NEVER_KEPT: ErrorResponse[] = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((httpStatus) => ({
  httpStatus,
  ttl: Duration.seconds(0),
}));

/** Dashboard, API and artifacts on one host. */
export class EdgeDistribution extends Construct {
  readonly url: string;
  readonly distributionId: string;
  /** Of the function that leads files. */
  readonly roadFunctionName: string;
  readonly #headers: EdgeHeaders;

  constructor(scope: Construct, id: string, props: EdgeDistributionProps) {
    super(scope, id);
    const { apiUrl, artifacts, site, priceClass, log, domain, webAclArn } = props;
    this.#headers = new EdgeHeaders(this, 'Headers', { artifactDomain: artifacts.domainName });
    const apiOrigin = new HttpOrigin(Fn.parseDomainName(apiUrl), {
      originId: ORIGINS.api,
      // The gateway gives up after 30 s and says so.
      readTimeout: Duration.seconds(35),
      keepaliveTimeout: Duration.seconds(60),
    });
    const api = this.#apiBehavior(apiOrigin);
    const road = this.#artifactRoad(api, props);
    const distribution = new Distribution(this, 'Distribution', {
      comment: Stack.of(this).stackName,
      defaultRootObject: 'index.html',
      defaultBehavior: this.#siteBehavior(site),
      // The first that matches counts.
      additionalBehaviors: Object.fromEntries([
        ...ARTIFACT_ROADS.map((path) => [path, road]),
        ...API_PATHS.map((path) => [path, api]),
      ]),
      errorResponses: NEVER_KEPT,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass,
      ...(log ? { enableLogging: true, logBucket: log } : {}),
      ...(domain ? this.#ownName(domain) : {}),
      ...(webAclArn === undefined ? {} : { webAclId: webAclArn }),
    });
    this.#addArtifactOrigin(distribution, artifacts);
    acknowledgeFindings(distribution, props);
    if (domain?.hostedZoneId !== undefined) this.#addRecords(distribution, domain.name, domain.hostedZoneId);
    this.url = `https://${domain?.name ?? distribution.distributionDomainName}`;
    this.distributionId = distribution.distributionId;
    this.roadFunctionName = this.#name(ROAD);
  }

  #ownName({ name, certificateArn }: DomainConfig) {
    return {
      domainNames: [name],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    };
  }

  #addRecords(distribution: Distribution, name: string, hostedZoneId: string): void {
    const aliasTarget = {
      dnsName: distribution.distributionDomainName,
      hostedZoneId: CloudFrontTarget.getHostedZoneId(this),
    };
    for (const type of ['A', 'AAAA'])
      new CfnRecordSet(this, `Record${type}`, { name, hostedZoneId, type, aliasTarget });
  }

  #siteBehavior(bucket: IBucket): BehaviorOptions {
    const originAccessControl = this.#accessControl('SiteAccess', 'site');
    const code = FunctionCode.fromFile({ filePath: projectFile('functions/site/page-for-path.js') });
    return {
      origin: S3BucketOrigin.withOriginAccessControl(bucket, {
        originId: ORIGINS.site,
        originAccessControl,
        originAccessLevels: [AccessLevel.READ],
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      compress: true,
      responseHeadersPolicy: this.#headers.site,
      functionAssociations: [this.#onViewerRequest('PageForPath', 'page-for-path', { code })],
    };
  }

  #apiBehavior(origin: IOrigin): BehaviorOptions {
    return {
      origin,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      // Whoever sent a credential in the clear is told so, and not led on.
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // The Authorization header goes along. The gateway and S3 know themselves by their own host names alone.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      compress: false,
      responseHeadersPolicy: this.#headers.api,
    };
  }

  /** Leads to the API unless the edge function chooses the bucket: if it failed to choose, the API would decide. */
  #artifactRoad(api: BehaviorOptions, { keys }: EdgeDistributionProps): BehaviorOptions {
    const code = FunctionCode.fromInline(buildEdgeFunction());
    const chooseOrigin = this.#onViewerRequest('ArtifactRoad', ROAD, { code, keyValueStore: keys.store });
    return { ...api, responseHeadersPolicy: this.#headers.artifacts, functionAssociations: [chooseOrigin] };
  }

  /**
   * No path leads to this origin by itself: only the edge function, which has looked at the token, can choose it. The CDK
   * knows origins by their paths alone.
   */
  #addArtifactOrigin(distribution: Distribution, { domainName }: ArtifactBucket): void {
    const resource = distribution.node.defaultChild;
    if (!(resource instanceof CfnDistribution)) throw new Error('A Distribution is made of a CfnDistribution');
    const { originAccessControlId } = this.#accessControl('ArtifactAccess', 'artifacts');
    resource.addPropertyOverride('DistributionConfig.Origins.2', {
      Id: ORIGINS.artifacts,
      DomainName: domainName,
      OriginAccessControlId: originAccessControlId,
      S3OriginConfig: { OriginAccessIdentity: '' },
    });
  }

  /** Signs every request to a bucket, in place of what the viewer sent as Authorization. */
  #accessControl(id: string, name: string): S3OriginAccessControl {
    return new S3OriginAccessControl(this, id, {
      originAccessControlName: this.#name(name),
      signing: Signing.SIGV4_ALWAYS,
    });
  }

  #onViewerRequest(id: string, name: string, props: FunctionProps) {
    const edgeFunction = new EdgeFunction(this, id, { functionName: this.#name(name), ...props });
    return { function: edgeFunction, eventType: FunctionEventType.VIEWER_REQUEST };
  }

  /** CloudFront's names are one space over all regions of an account. */
  #name(name: string): string {
    const { stackName, region } = Stack.of(this);
    return `${stackName}-${region}-${name}`;
  }
}

function acknowledgeFindings(distribution: Distribution, props: EdgeDistributionProps): void {
  const { log, domain, webAclArn } = props;
  const acknowledge = (id: string, reason: string) => Validations.of(distribution).acknowledge({ id, reason });
  acknowledge(
    'AwsSolutions-CFR1',
    'Where the people of a deployment are is not known here; access is by credential, not by country.',
  );
  if (webAclArn === undefined) {
    acknowledge(
      'AwsSolutions-CFR2',
      'A web ACL costs by the month and by request (tracklet:waf); all but static files is behind credentials and a throttle.',
    );
  }
  if (!domain) {
    acknowledge(
      'AwsSolutions-CFR4',
      'Under a *.cloudfront.net name, CloudFront fixes the oldest TLS itself; tracklet:domain brings TLS 1.2.',
    );
  }
  if (!log) {
    acknowledge(
      'AwsSolutions-CFR3',
      'Switched off by the setting tracklet:webLog; the API and the bucket have access logs of their own.',
    );
  }
}
