import { registryOperations, serviceOperations } from '../api/index.ts';
import { createS3ArtifactStore } from '../artifacts/s3-artifact-store.ts';
import { openRegistry } from '../store/dynamo/registry.ts';
import { readWebhookSettings } from '../webhooks/settings.ts';
import { connectS3 } from './connect-s3.ts';
import { openWebhooks } from './open-webhooks.ts';
import { startLambda } from './start-lambda.ts';

/** Registered models, their versions, promotions and prompts, and webhooks; files are read for signatures. */
export const handler = startLambda(
  'registry',
  [...serviceOperations, ...registryOperations],
  ({ bucketName, connections, meter, openCore }) => {
    const core = openCore({ openRegistry });
    const webhooks = openWebhooks(core.store, readWebhookSettings(process.env));
    const artifacts = createS3ArtifactStore(connectS3(connections.s3, meter), bucketName);
    return { core, parts: { artifacts, webhooks } };
  },
);
