import type { S3Client } from '@aws-sdk/client-s3';
import type { Services } from '../api/operation.ts';
import { createS3ArtifactLinks } from '../artifacts/s3-artifact-links.ts';
import { createS3ArtifactStore } from '../artifacts/s3-artifact-store.ts';
import type { Connections } from './connections.ts';
import { createSigners } from './create-signers.ts';

/** Wires what operations on files need. */
export function createFileServices(
  s3: S3Client,
  bucketName: string,
  connections: Pick<Connections, 's3' | 's3EndpointFor'>,
): Pick<Services, 'artifacts' | 'linksFor'> {
  const signerFor = createSigners(connections);
  return {
    artifacts: createS3ArtifactStore(s3, bucketName),
    linksFor: (origin) => createS3ArtifactLinks({ client: s3, signer: signerFor(origin), bucket: bucketName }),
  };
}
