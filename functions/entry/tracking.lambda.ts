import { callerOperations, serviceOperations, trackingOperations } from '../api/index.ts';
import { createS3SegmentFiles } from '../store/archive/s3-segment-files.ts';
import { connectS3 } from './connect-s3.ts';
import { startLambda } from './start-lambda.ts';

/** Experiments, runs, metrics and logged models, and who calls; and whatever no other function owns, which is a 404. */
export const handler = startLambda(
  'tracking',
  [...serviceOperations, ...callerOperations, ...trackingOperations],
  ({ bucketName, connections, meter, openCore }) => ({
    core: openCore({ files: createS3SegmentFiles(connectS3(connections.s3, meter), bucketName) }),
    parts: {},
  }),
);
