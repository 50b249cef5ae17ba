import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { answerCloudFormation } from '../site/answer-cloudformation.ts';
import { emptySite, publishSite } from '../site/publish-site.ts';

const s3 = new S3Client();
/** The infrastructure puts the files beside the bundle. */
const folder = join(import.meta.dirname, 'site');

/** Publishes the site with a deployment, and empties its bucket when both are taken down. */
export const handler = (event: CloudFormationCustomResourceEvent): Promise<void> =>
  answerCloudFormation(event, async () => {
    const bucketName: string = event.ResourceProperties.BucketName;
    if (event.RequestType === 'Delete') await emptySite(s3, bucketName);
    else await publishSite(s3, folder, bucketName);
  });
