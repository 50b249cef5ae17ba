import { App } from 'aws-cdk-lib';
import { ConfigError } from './config.ts';
import { addTracklet } from './tracklet.ts';

try {
  addTracklet(new App());
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
