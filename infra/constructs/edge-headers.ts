import { Duration, Stack } from 'aws-cdk-lib';
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  type ResponseCustomHeader,
  ResponseHeadersPolicy,
  type ResponseSecurityHeadersBehavior,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { ARTIFACT_HEADERS, type ArtifactHeader } from '../../functions/domain/artifact-headers.ts';

export interface EdgeHeadersProps {
  /** Where the page's presigned uploads and downloads go. */
  readonly artifactDomain: string;
}

const fileHeader = (name: string): ArtifactHeader => {
  const found = ARTIFACT_HEADERS.find((header) => header.name === name);
  if (found === undefined) throw new Error(`Users' files have no header ${name}`);
  return found;
};

/** Whatever a user uploaded is never a document that runs scripts on this host. */
const FILE_CONTENT_POLICY = fileHeader('content-security-policy').value;
const FILE_DISPOSITION = fileHeader('content-disposition');

/** The headers that CloudFront adds to answers: of the site, of the API, and of the road that leads to files in S3. */
export class EdgeHeaders extends Construct {
  readonly site: ResponseHeadersPolicy;
  readonly api: ResponseHeadersPolicy;
  readonly artifacts: ResponseHeadersPolicy;

  constructor(scope: Construct, id: string, { artifactDomain }: EdgeHeadersProps) {
    super(scope, id);
    this.site = this.#policy('Site', pageContentPolicy(artifactDomain));
    // The API hands out users' files, too, each with a disposition of its own.
    this.api = this.#policy('Api', FILE_CONTENT_POLICY);
    this.artifacts = this.#policy('Artifacts', FILE_CONTENT_POLICY, [FILE_DISPOSITION]);
  }

  #policy(id: string, contentSecurityPolicy: string, fallbacks: readonly ArtifactHeader[] = []) {
    const { stackName, region } = Stack.of(this);
    return new ResponseHeadersPolicy(this, id, {
      // CloudFront's names are one space over all regions of an account.
      responseHeadersPolicyName: `${stackName}-${region}-${id}`,
      securityHeadersBehavior: {
        ...COMMON,
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
      },
      ...(fallbacks.length > 0 ? { customHeadersBehavior: { customHeaders: fallbacks.map(customHeader) } } : {}),
    });
  }
}

const customHeader = ({ name, value, isForced }: ArtifactHeader): ResponseCustomHeader => ({
  header: name,
  value,
  override: isForced,
});

const COMMON: ResponseSecurityHeadersBehavior = {
  contentTypeOptions: { override: true },
  frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
  referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
  strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
};

/** Scripts and styles from this host alone, none in the page; data from here and, presigned, from the bucket. */
const pageContentPolicy = (artifactDomain: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    `connect-src 'self' https://${artifactDomain}`,
    `img-src 'self' data: blob: https://${artifactDomain}`,
    `media-src 'self' blob: https://${artifactDomain}`,
    "frame-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
