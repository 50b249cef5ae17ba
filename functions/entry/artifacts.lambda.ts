import { artifactOperations, serviceOperations } from '../api/index.ts';
import { createS3SegmentFiles } from '../store/archive/s3-segment-files.ts';
import { openRegistry } from '../store/dynamo/registry.ts';
import { connectS3 } from './connect-s3.ts';
import { createFileServices } from './file-services.ts';
import { openCollector } from './open-collector.ts';
import { startLambda } from './start-lambda.ts';

/** Files of runs and logged models, what came of what, and garbage collection. */
export const handler = startLambda(
  'artifacts',
  [...serviceOperations, ...artifactOperations],
  ({ bucketName, connections, meter, report, openCore }) => {
    const s3 = connectS3(connections.s3, meter);
    const core = openCore({ files: createS3SegmentFiles(s3, bucketName), openRegistry });
    const collector = openCollector({ core, s3, bucketName, onFailure: report });
    return { core, parts: { ...createFileServices(s3, bucketName, connections), collector } };
  },
);
