import { Duration, Stack } from 'aws-cdk-lib';
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
  type ResponseHeadersPolicyProps,
  type ResponseSecurityHeadersBehavior,
} from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';

export interface EdgeHeadersProps {
  /** Where the page's presigned uploads and downloads go. */
  readonly artifactDomain: string;
}

/** Whatever a user uploaded: never a document that runs scripts on this host. */
const UPLOADED_CONTENT_POLICY = "sandbox; default-src 'none'";
const DOWNLOAD: ResponseHeadersPolicyProps = {
  customHeadersBehavior: { customHeaders: [{ header: 'Content-Disposition', value: 'attachment', override: true }] },
};

/** The headers that CloudFront adds to answers: of the site, of the API, and of the road that leads to files in S3. */
export class EdgeHeaders extends Construct {
  readonly site: ResponseHeadersPolicy;
  readonly api: ResponseHeadersPolicy;
  readonly artifacts: ResponseHeadersPolicy;

  constructor(scope: Construct, id: string, { artifactDomain }: EdgeHeadersProps) {
    super(scope, id);
    this.site = this.#policy('Site', pageContentPolicy(artifactDomain));
    // The name that a function gave to a file stays.
    this.api = this.#policy('Api', UPLOADED_CONTENT_POLICY);
    this.artifacts = this.#policy('Artifacts', UPLOADED_CONTENT_POLICY, DOWNLOAD);
  }

  #policy(id: string, contentSecurityPolicy: string, others: ResponseHeadersPolicyProps = {}) {
    const { stackName, region } = Stack.of(this);
    return new ResponseHeadersPolicy(this, id, {
      // CloudFront's names are one space over all regions of an account.
      responseHeadersPolicyName: `${stackName}-${region}-${id}`,
      securityHeadersBehavior: {
        ...COMMON,
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
      },
      ...others,
    });
  }
}

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
