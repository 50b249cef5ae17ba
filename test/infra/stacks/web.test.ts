import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { buildEdgeFunction } from '../../../build-edge.js';
import { operations } from '../../../functions/api/index.ts';
import { synthesise } from '../new-deployment.ts';

const { web, data, stacks } = synthesise();

const propertiesOf = (type: string, template = web) =>
  Object.entries(template.findResources(type)).map(([id, { Properties }]) => ({ id, ...Properties }));
const distributionOf = (template: typeof web) =>
  propertiesOf('AWS::CloudFront::Distribution', template)[0]?.DistributionConfig;
const only = (type: string, start: string) => {
  const [found, ...others] = propertiesOf(type).filter(({ id }) => id.startsWith(start));
  if (found === undefined || others.length > 0) throw new Error(`not one ${type} ${start}`);
  return found;
};

const distribution = distributionOf(web);
const artifactRoad = only('AWS::CloudFront::Function', 'EdgeArtifactRoad');
const pageForPath = only('AWS::CloudFront::Function', 'EdgePageForPath');
const SITE_BUCKET = only('AWS::S3::Bucket', 'SiteBucket').id;

interface Behavior {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly AllowedMethods?: readonly string[];
  readonly FunctionAssociations?: readonly unknown[];
  readonly ViewerProtocolPolicy: string;
  readonly CachePolicyId: string;
  readonly OriginRequestPolicyId?: string;
  readonly ResponseHeadersPolicyId: { readonly Ref: string };
}

const behaviors: readonly Behavior[] = [...distribution.CacheBehaviors, distribution.DefaultCacheBehavior];

/** As CloudFront chooses: the first whose pattern matches the whole path. */
function behaviorFor(path: string): Behavior {
  const found = behaviors.find(({ PathPattern = '*' }) =>
    new RegExp(`^${PathPattern.replace(/[.]/g, '\\.').replaceAll('*', '.*')}$`).test(path),
  );
  if (found === undefined) throw new Error(`nothing for ${path}`);
  return found;
}

const onViewerRequest = (id: string) => [
  { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': [id, 'FunctionARN'] } },
];

/** AWS: managed policies, the same in every account. */
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER_EXCEPT_HOST_HEADER = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
const ALL_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

describe('the distribution', () => {
  it('speaks HTTP/2 and 3, on IPv6, too', () => {
    expect(distribution).toMatchObject({ Enabled: true, HttpVersion: 'http2and3', IPV6Enabled: true });
  });

  it('has the three origins that the edge function knows by name', () => {
    expect(distribution.Origins.map(({ Id }: { Id: string }) => Id)).toEqual(['site', 'api', 'artifacts']);
  });

  it('asks the API over TLS 1.2 alone, for longer than the gateway takes', () => {
    const [, api] = distribution.Origins;
    expect(JSON.stringify(api.DomainName)).toContain('ApiEndpoint');
    expect(api.CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
      OriginReadTimeout: 35,
    });
  });

  it('signs every request to a bucket, whatever Authorization came', () => {
    const [site, , artifacts] = distribution.Origins;
    const controls = propertiesOf('AWS::CloudFront::OriginAccessControl');
    for (const { OriginAccessControlId } of [site, artifacts]) {
      const control = controls.find(({ id }) => id === OriginAccessControlId['Fn::GetAtt'][0]);
      expect(control?.OriginAccessControlConfig).toMatchObject({
        OriginAccessControlOriginType: 's3',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      });
    }
    expect(site.DomainName).toEqual({ 'Fn::GetAtt': [SITE_BUCKET, 'RegionalDomainName'] });
    expect(JSON.stringify(artifacts.DomainName)).toMatch(/Data:.*ArtifactsBucket.*RegionalDomainName/);
  });

  it('leads no path to the artifact bucket: only the edge function does', () => {
    expect(behaviors.filter(({ TargetOriginId }) => TargetOriginId === 'artifacts')).toEqual([]);
  });

  it('makes no page of its own from errors, which would hide those of the API', () => {
    for (const error of distribution.CustomErrorResponses) expect(error).not.toHaveProperty('ResponsePagePath');
  });

  it.each([
    ['100', 'PriceClass_100'],
    [200, 'PriceClass_200'],
    ['all', 'PriceClass_All'],
  ])('answers from where the price class %s has it', (priceClass, expected) => {
    expect(distributionOf(synthesise({ 'tracklet:priceClass': priceClass }).web).PriceClass).toBe(expected);
  });

  it('has names that two regions of an account can both have', () => {
    const names = [
      ...propertiesOf('AWS::CloudFront::Function').map(({ Name }) => Name),
      ...propertiesOf('AWS::CloudFront::OriginAccessControl').map((one) => one.OriginAccessControlConfig.Name),
      ...propertiesOf('AWS::CloudFront::ResponseHeadersPolicy').map((one) => one.ResponseHeadersPolicyConfig.Name),
      ...propertiesOf('AWS::CloudFront::KeyValueStore', data).map(({ Name }) => Name),
    ];
    expect(new Set(names.map((name) => JSON.stringify(name))).size).toBe(8);
    for (const name of names) expect(JSON.stringify(name)).toContain('{"Ref":"AWS::Region"}');
  });
});

describe('the paths', () => {
  const apiPaths = operations
    .flatMap(({ paths }) => paths)
    // Nobody asks for these by themselves: a request is sent on there when S3 has no such file.
    .filter((path) => !path.startsWith('/artifacts/'))
    .map((path) => path.replace(/:\w+\{\.\+\}|\*/, 'some/file').replace(/:\w+/g, 'x'));

  it.each([...new Set(apiPaths)])('lead %s to the API, with every method, uncached, with all headers', (path) => {
    const { AllowedMethods = [], ...behavior } = behaviorFor(path);
    expect(behavior).toMatchObject({
      TargetOriginId: 'api',
      ViewerProtocolPolicy: 'https-only',
      CachePolicyId: CACHING_DISABLED,
      OriginRequestPolicyId: ALL_VIEWER_EXCEPT_HOST_HEADER,
    });
    expect([...AllowedMethods].sort()).toEqual(ALL_METHODS);
  });

  it.each([
    '/model-versions/get-artifact',
    '/graphql',
    '/v1/traces',
    '/api/3.0/mlflow/traces/search',
    '/ajax-api/3.0/mlflow/jobs',
  ])('lead %s to the API, today or not', (path) => {
    expect(behaviorFor(path).TargetOriginId).toBe('api');
  });

  it.each([
    '/api/2.0/mlflow-artifacts/artifacts/7/run/artifacts/model/MLmodel',
    '/ajax-api/2.0/mlflow-artifacts/artifacts/7/run/artifacts/a%20b',
  ])('let the edge function choose for %s', (path) => {
    expect(behaviorFor(path).FunctionAssociations).toEqual(onViewerRequest(artifactRoad.id));
  });

  it.each([
    '/api/2.0/mlflow-artifacts/artifacts',
    '/api/2.0/mlflow-artifacts/mpu/create/7/run/artifacts/x',
    '/api/2.0/mlflow-artifacts/presigned/7/run/artifacts/x',
    '/api/2.0/mlflow/artifacts/list',
    '/get-artifact',
  ])('ask the API alone for %s', (path) => {
    expect(behaviorFor(path)).not.toHaveProperty('FunctionAssociations');
  });

  it.each(['/', '/experiments/7', '/assets/main-XYZ.js', '/apiary', '/healthy', '/index.html'])(
    'lead %s to the site, to be read, compressed and over TLS',
    (path) => {
      expect(behaviorFor(path)).toMatchObject({
        TargetOriginId: 'site',
        Compress: true,
        ViewerProtocolPolicy: 'redirect-to-https',
        FunctionAssociations: onViewerRequest(pageForPath.id),
      });
      expect(behaviorFor(path)).not.toHaveProperty('AllowedMethods');
      expect(behaviorFor(path)).not.toHaveProperty('OriginRequestPolicyId');
    },
  );
});

describe('the function of the artifact road', () => {
  it('is the one that was built and tested, on the runtime that it is written for', () => {
    expect(artifactRoad.FunctionCode).toBe(buildEdgeFunction());
    expect(artifactRoad.FunctionConfig.Runtime).toBe('cloudfront-js-2.0');
    expect(artifactRoad.AutoPublish).toBe(true);
  });

  it.each([artifactRoad, pageForPath])('is small enough for CloudFront: $id', ({ FunctionCode }) => {
    expect(Buffer.byteLength(FunctionCode)).toBeLessThan(10_240);
  });

  it('reads the keys that lie with the data', () => {
    const [association, ...others] = artifactRoad.FunctionConfig.KeyValueStoreAssociations;
    expect(others).toEqual([]);
    expect(JSON.stringify(association.KeyValueStoreARN)).toMatch(/Tracklet-main-Data:.*EdgeKeysStore.*Arn/);
    expect(pageForPath.FunctionConfig.KeyValueStoreAssociations).toBeUndefined();
  });
});

describe('the page for a path', () => {
  const uriFor = (uri: string): string =>
    runInNewContext(`${pageForPath.FunctionCode}; handler({ request: { uri: ${JSON.stringify(uri)} } }).uri`);

  it.each(['/', '/experiments', '/experiments/7/runs', '/models/my.model', '/models/my.model/versions/1.2', '/a.b/c'])(
    'of the dashboard, %s, is the one page',
    (uri) => {
      expect(uriFor(uri)).toBe('/index.html');
    },
  );

  it.each(['/index.html', '/favicon.ico', '/assets/main-AB12.js', '/assets/icon-AB12.svg', '/assets/missing'])(
    'of a file, %s, is that file',
    (uri) => {
      expect(uriFor(uri)).toBe(uri);
    },
  );
});

describe('the headers of answers', () => {
  const headersFor = (path: string) => {
    const { Ref } = behaviorFor(path).ResponseHeadersPolicyId;
    const config = propertiesOf('AWS::CloudFront::ResponseHeadersPolicy').find(({ id }) => id === Ref);
    return config?.ResponseHeadersPolicyConfig;
  };
  const PATHS = ['/', '/api/2.0/mlflow/runs/get', '/api/2.0/mlflow-artifacts/artifacts/7/run/artifacts/x'];

  it.each(PATHS)('of %s forbid sniffing, frames and referrers, and ask for TLS for a year', (path) => {
    expect(headersFor(path)?.SecurityHeadersConfig).toMatchObject({
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, IncludeSubdomains: true, Override: true },
    });
  });

  it.each([...PATHS.slice(1), '/get-artifact'])('let no answer at %s run as a document of this host', (path) => {
    expect(headersFor(path)?.SecurityHeadersConfig.ContentSecurityPolicy).toEqual({
      ContentSecurityPolicy: "sandbox; default-src 'none'",
      Override: true,
    });
  });

  it('make a download of every file of a user', () => {
    // With the name that it was stored under, if there is one.
    const disposition = { Header: 'content-disposition', Value: 'attachment', Override: false };
    expect(headersFor(PATHS[2] ?? '')?.CustomHeadersConfig.Items).toEqual([disposition]);
    // The API gives the name of the file itself.
    expect(headersFor('/get-artifact')?.CustomHeadersConfig).toBeUndefined();
  });

  it('let the page load nothing from elsewhere but files of the bucket, and run nothing inline', () => {
    const policy = JSON.stringify(headersFor('/')?.SecurityHeadersConfig.ContentSecurityPolicy);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(policy).toMatch(/connect-src 'self' https:\/\/.*ArtifactsBucket.*RegionalDomainName/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-|\*|http:/);
  });
});

describe('the site', () => {
  it('lies in a bucket that this distribution alone may read', () => {
    const [policy] = propertiesOf('AWS::S3::BucketPolicy').filter(({ Bucket }) => Bucket.Ref === SITE_BUCKET);
    const statements: readonly Record<string, unknown>[] = policy?.PolicyDocument.Statement;
    const forCloudFront = statements.filter(({ Principal }) => JSON.stringify(Principal).includes('cloudfront'));
    expect(forCloudFront).toHaveLength(1);
    expect(forCloudFront[0]).toMatchObject({ Effect: 'Allow', Action: 's3:GetObject' });
    expect(JSON.stringify(forCloudFront[0]?.Condition)).toMatch(/StringEquals.*AWS:SourceArn.*EdgeDistribution/);
  });

  it('is written by a function that may write and empty it and nothing else', () => {
    const [policy] = propertiesOf('AWS::IAM::Policy').filter(({ id }) => id.startsWith('SitePublisher'));
    const statements: readonly Record<string, unknown>[] = policy?.PolicyDocument.Statement;
    const bucketArn = { 'Fn::GetAtt': [SITE_BUCKET, 'Arn'] };
    expect(statements.map(({ Action }) => Action)).toEqual([
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      ['s3:DeleteObject', 's3:PutObject'],
      's3:ListBucket',
    ]);
    expect(statements[1]?.Resource).toEqual({ 'Fn::Join': ['', [bucketArn, '/*']] });
    expect(statements[2]?.Resource).toEqual(bucketArn);
  });

  it('is published when its files change, within five minutes', () => {
    const [files] = propertiesOf('Custom::SiteFiles');
    expect(files).toMatchObject({ ServiceTimeout: '300', BucketName: { Ref: SITE_BUCKET } });
    expect(files?.Version).toMatch(/^[0-9a-f]{64}-[0-9a-f]{64}$/);
  });

  it('brings one function and no layer', () => {
    web.resourceCountIs('AWS::Lambda::LayerVersion', 0);
    web.resourceCountIs('AWS::Lambda::Function', 1);
  });
});

describe('every bucket', () => {
  const buckets = propertiesOf('AWS::S3::Bucket');
  const policies = propertiesOf('AWS::S3::BucketPolicy');

  it.each(buckets)('$id is encrypted, shut to the public and takes TLS only', (bucket) => {
    expect(Object.values(bucket.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    expect(bucket.BucketEncryption.ServerSideEncryptionConfiguration).toHaveLength(1);
    const policy = policies.find(({ Bucket }) => Bucket.Ref === bucket.id);
    expect(policy?.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });
});

describe('the access log', () => {
  const LOG = 'AccessLogBucket1B5E635D';

  it('lies in a bucket that CloudFront can deliver to, for 90 days', () => {
    expect(distribution.Logging.Bucket).toEqual({ 'Fn::GetAtt': [LOG, 'RegionalDomainName'] });
    const bucket = only('AWS::S3::Bucket', LOG);
    expect(bucket.OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerPreferred' }]);
    expect(bucket.LifecycleConfiguration.Rules).toEqual([{ Id: 'expire', Status: 'Enabled', ExpirationInDays: 90 }]);
  });

  it('outlives the stack, unless all goes; the site can be published anew', () => {
    const policyOf = (template: typeof web, id: string) =>
      template.findResources('AWS::S3::Bucket')[id]?.DeletionPolicy;
    const destroyed = synthesise({ 'tracklet:removalPolicy': 'destroy' }).web;
    expect([policyOf(web, LOG), policyOf(web, SITE_BUCKET)]).toEqual(['Retain', 'Delete']);
    expect([policyOf(destroyed, LOG), policyOf(destroyed, SITE_BUCKET)]).toEqual(['Delete', 'Delete']);
  });

  it('can be switched off', () => {
    const unlogged = synthesise({ 'tracklet:webLog': 'off' }).web;
    expect(distributionOf(unlogged).Logging).toBeUndefined();
    expect(unlogged.findResources('AWS::S3::Bucket')).not.toHaveProperty(LOG);
  });
});

describe('the stack', () => {
  it('comes after the data and the API', () => {
    expect(stacks.web?.dependencies.map(({ stackName }) => stackName).sort()).toEqual([
      'Tracklet-main-Api',
      'Tracklet-main-Data',
    ]);
  });

  it('tells where the dashboard is and what clients are pointed at: the same address', () => {
    const { DashboardUrl, TrackingUri } = web.findOutputs('*');
    expect(DashboardUrl?.Value).toEqual({
      'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [expect.stringMatching(/^EdgeDistribution/), 'DomainName'] }]],
    });
    expect(TrackingUri?.Value).toEqual(DashboardUrl?.Value);
  });

  it('can be left out, and then the data know of no edge', () => {
    const apiOnly = synthesise({ 'tracklet:web': 'off' });
    expect(apiOnly.stacks.web).toBeUndefined();
    apiOnly.data.resourceCountIs('AWS::CloudFront::KeyValueStore', 0);
    expect(JSON.stringify(apiOnly.data.toJSON())).not.toContain('cloudfront');
    apiOnly.api.hasOutput('ApiUrl', {});
  });
});
