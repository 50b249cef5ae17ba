import { registryOperations, serviceOperations } from '../api/index.ts';
import { readWebhookSettings } from '../webhooks/settings.ts';
import { openWebhooks } from './open-webhooks.ts';
import { startLambda } from './start-lambda.ts';

/** Registered models, their versions and prompts, and webhooks. */
export const handler = startLambda('registry', [...serviceOperations, ...registryOperations], ({ openCore }) => {
  const core = openCore();
  return { core, parts: { webhooks: openWebhooks(core.store, readWebhookSettings(process.env)) } };
});
