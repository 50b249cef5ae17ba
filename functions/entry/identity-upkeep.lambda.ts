import type { Context } from 'aws-lambda';
import { hashPassword } from '../platform/password-hash.ts';
import { now } from '../platform/system.ts';
import { noFiles, noRegistry } from './absent.ts';
import { connectionsOnAws } from './connections-on-aws.ts';
import { createCore } from './core.ts';
import { edgeStoreOnAws } from './edge-store.ts';
import { IDENTITY_ENV, readEnvironment, readSetting, USERS_ENV } from './env.ts';
import { createIdentityUpkeep, type IdentityUpkeepEvent } from './identity-upkeep-handler.ts';
import { signingKeyOf } from './kept-token-key.ts';
import { createLambdaLog } from './lambda-log.ts';
import { meteringOnAws } from './metering.ts';
import { secretsOnAws } from './secrets-on-aws.ts';

const log = createLambdaLog('identity-upkeep');
const environment = readEnvironment(process.env);
const adminSecret = process.env[IDENTITY_ENV.adminSecret];
const edgeKeys = process.env[IDENTITY_ENV.edgeKeys];
// Asked for by the edge alone.
const tokenKeySecret = edgeKeys ? readSetting(process.env, USERS_ENV.tokenKeySecret) : '';
const connections = connectionsOnAws(process.env);
const readSecret = secretsOnAws(process.env);
const { meter, metered } = meteringOnAws(environment.costReport, log.tellCost);
const { identity: identityStore } = createCore(environment, connections, {
  meter,
  files: noFiles,
  openRegistry: noRegistry,
});
const lookAfter = createIdentityUpkeep({
  identityStore,
  hash: hashPassword,
  readAdminPassword: adminSecret ? () => readSecret(adminSecret) : undefined,
  readTokenKey: async () => signingKeyOf(await readSecret(tokenKeySecret)),
  edge: edgeKeys ? edgeStoreOnAws(edgeKeys) : undefined,
  clock: now,
});

/** Makes the first admin, and tells the edge of tokens: with a deployment, and by a schedule. */
export const handler = (event: IdentityUpkeepEvent, context: Context): Promise<void> => {
  log.follow(context);
  return metered('look after users', () => lookAfter(event));
};
