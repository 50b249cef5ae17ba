import { callerOperations, serviceOperations, trackingOperations } from '../api/index.ts';
import { segmentReaderOnAws } from './segment-reader-on-aws.ts';
import { startLambda } from './start-lambda.ts';

/** Experiments, runs, metrics and logged models, and who calls; and whatever no other function owns, which is a 404. */
export const handler = startLambda(
  'tracking',
  [...serviceOperations, ...callerOperations, ...trackingOperations],
  ({ bucketName, meter, openCore }) => ({
    core: openCore({ files: segmentReaderOnAws(process.env, bucketName, meter) }),
    parts: {},
  }),
);
