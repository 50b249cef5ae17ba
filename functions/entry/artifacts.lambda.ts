import { artifactOperations, serviceOperations } from '../api/index.ts';
import { createBackend } from './services.ts';
import { startLambda } from './start-lambda.ts';

/** Files of runs and logged models. */
export const handler = startLambda('artifacts', [...serviceOperations, ...artifactOperations], createBackend);
