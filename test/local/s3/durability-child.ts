import { startS3 } from '../../../local/s3/index.ts';
import { BUCKET, CREDENTIALS } from './local-s3.ts';

// Runs until it is killed: `node --import tsx durability-child.ts <folder>`.
const { endpoint } = await startS3({ rootDir: process.argv[2] ?? '', buckets: [BUCKET], credentials: CREDENTIALS });
process.stdout.write(`${endpoint}\n`);
