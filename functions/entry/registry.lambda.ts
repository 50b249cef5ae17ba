import { registryOperations, serviceOperations } from '../api/index.ts';
import { createLeanBackend } from './services.ts';
import { startLambda } from './start-lambda.ts';

/** Registered models, their versions and prompts. */
export const handler = startLambda('registry', [...serviceOperations, ...registryOperations], createLeanBackend);
