import { serviceOperations, trackingOperations } from '../api/index.ts';
import { createLeanBackend } from './services.ts';
import { startLambda } from './start-lambda.ts';

/** Experiments, runs, metrics and logged models; and whatever no other function owns, which is a 404. */
export const handler = startLambda('tracking', [...serviceOperations, ...trackingOperations], createLeanBackend);
