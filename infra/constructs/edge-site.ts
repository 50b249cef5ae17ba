import { existsSync } from 'node:fs';
import { CustomResource, Duration, FileSystem, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { privateBucket } from './private-bucket.ts';
import { type Keeping, projectFile, ServiceFunction } from './service-function.ts';

/** What `node build.js` makes of the dashboard, or a page that says that it was not built. */
const FOLDERS = ['dist/web', 'web/unbuilt'];

/**
 * The static files, which can always be published anew, and the bucket they are served from. They travel in the bundle of a function of ours that writes them
 * when a deployment changes them. The CDK's BucketDeployment would bring a Python function with a layer of 22 MB, write the
 * page before the files that it names, and hang in emulators, which have no layers.
 */
export class EdgeSite extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, kept: Keeping) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      ...privateBucket(RemovalPolicy.DESTROY),
      // The publisher empties it; the CDK would bring another function for that.
      autoDeleteObjects: false,
    });
    this.bucket = bucket;
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'The files are for everybody, and only CloudFront reads them, which has an access log of its own.',
    });
    const folder = builtFolder();
    const publisher = new ServiceFunction(this, 'Publisher', {
      entry: 'publish-site.lambda.ts',
      description: 'Tracklet: writes the files of the dashboard when they are deployed',
      timeout: Duration.minutes(2),
      files: { site: folder },
      ...kept,
    });
    publisher.allow(['s3:PutObject', 's3:DeleteObject'], [bucket.arnForObjects('*')]);
    publisher.allow(['s3:ListBucket'], [bucket.bucketArn]);
    publisher.acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${Stack.of(this).resolve(bucket.bucketName).Ref}.Arn>/*]`,
      reason: 'The bucket is for the files of the site and nothing else, and the build makes their names.',
    });
    new CustomResource(this, 'Files', {
      resourceType: 'Custom::SiteFiles',
      serviceToken: publisher.handler.functionArn,
      serviceTimeout: Duration.minutes(5),
      properties: { BucketName: bucket.bucketName, Version: versionOf(folder) },
    });
  }
}

function builtFolder(): string {
  const folder = FOLDERS.map(projectFile).find((path) => existsSync(path));
  if (folder === undefined) throw new Error(`There is none of ${FOLDERS.join(', ')}`);
  return folder;
}

/** Changes with the files and with how they are published: CloudFormation calls the publisher when a property changes. */
const versionOf = (folder: string): string =>
  [folder, projectFile('functions/site')].map((path) => FileSystem.fingerprint(path)).join('-');
