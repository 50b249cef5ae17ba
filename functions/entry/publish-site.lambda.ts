import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { answerCloudFormation } from '../site/answer-cloudformation.ts';
import { publishSite } from '../site/publish-site.ts';

const s3 = new S3Client();
/** The infrastructure puts the files beside the bundle. */
const folder = join(import.meta.dirname, 'site');

/** Publishes the site with a deployment. Deletes nothing: the bucket goes with its stack. */
export const handler = (event: CloudFormationCustomResourceEvent): Promise<void> =>
  answerCloudFormation(event, async () => {
    if (event.RequestType === 'Delete') return;
    await publishSite(s3, folder, event.ResourceProperties.BucketName);
  });
