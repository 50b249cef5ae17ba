import { mayOnExperiment, permissionOnRegisteredModel } from '../../domain/caller.ts';
import type { ModelVersion } from '../../domain/entities.ts';
import { MlflowError } from '../../domain/errors.ts';
import { hasSignature } from '../../domain/model-signature.ts';
import { allows } from '../../domain/permission.ts';
import type { VersionFacts, Voter } from '../../domain/promotion/demand.ts';
import type { ScopedRule } from '../../domain/promotion/policy.ts';
import { type PromotionRequest, type Review, standingReviews } from '../../domain/promotion/request.ts';
import { callerFrom } from '../identity/caller-from.ts';
import { rolesOf } from '../identity/get-user.ts';
import type { Identity } from '../identity/identity.ts';
import { folderOf } from '../model-versions/version-folder.ts';
import type { Services } from '../operation.ts';

interface FactsRequest {
  readonly name: string;
  readonly version: ModelVersion;
  readonly rules: readonly ScopedRule[];
  readonly request: PromotionRequest | undefined;
}

/** Finds out what the demands of rules are held against, and no more than they ask for. */
export async function factsFor(services: Services, asked: FactsRequest): Promise<VersionFacts> {
  const { name, version, rules, request } = asked;
  const { identity } = services;
  const wants = (does: (rule: ScopedRule['rule']) => boolean) => rules.some(({ rule }) => does(rule));
  const [metrics, signature, voters] = await Promise.all([
    wants((rule) => rule.metrics.length > 0) ? metricsOf(services, version) : undefined,
    wants((rule) => rule.needsSignature) ? signatureOf(services, version) : false,
    wants((rule) => rule.approvals !== undefined) && identity && request
      ? votersOf(identity, name, standingReviews(request))
      : new Map<string, Voter>(),
  ]);
  return {
    version,
    metrics,
    hidesMetrics: !mayReadRun(services, version),
    signature,
    request,
    voters,
    hasUsers: identity !== undefined,
  };
}

/** Whether the caller may be told the metrics of a version's run: who may edit a model need not be let into the experiment. */
function mayReadRun({ caller, store }: Services, { runId }: ModelVersion): boolean {
  const experimentId = store.experimentOf(runId);
  return caller === undefined || experimentId === undefined || mayOnExperiment(caller, 'read', experimentId, 'run');
}

async function metricsOf({ store }: Services, { runId }: ModelVersion): Promise<VersionFacts['metrics']> {
  if (runId === '') return undefined;
  const view = await orUndefined(store.getRun(runId), 'RESOURCE_DOES_NOT_EXIST');
  return view && new Map(view.metrics.map(({ key, value }) => [key, value]));
}

/** The file has a few hundred lines; beyond this it is none. */
const MAX_MLMODEL_BYTES = 4_000_000;

async function signatureOf(services: Services, { storageLocation }: ModelVersion): Promise<boolean | string> {
  const folder = await orUndefined(
    folderOf(storageLocation, services),
    'INVALID_PARAMETER_VALUE',
    'RESOURCE_DOES_NOT_EXIST',
  );
  if (folder === undefined) return `its files lie at '${storageLocation}', where this server cannot look`;
  const file = await services.artifacts.find(`${folder}/MLmodel`, undefined);
  if (!file) return `there is no MLmodel file at '${storageLocation}'`;
  if (file.sizeBytes > MAX_MLMODEL_BYTES) {
    await file.body.cancel();
    return 'its MLmodel file is too large to be read';
  }
  return hasSignature(await textOf(file.body));
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** What is not there, or not ours to look at, is a demand that is not met; anything else is an error. */
async function orUndefined<T>(answer: Promise<T>, ...codes: readonly string[]): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof MlflowError && codes.includes(error.code)) return undefined;
    throw error;
  }
}

/** Reviewers as they are now, of the model of a name: who left, or came later by the same name, has no vote. */
async function votersOf(
  identity: Identity,
  name: string,
  reviews: readonly Review[],
): Promise<ReadonlyMap<string, Voter>> {
  const found = await Promise.all(
    reviews.map(async ({ username, userId }) => {
      const user = await identity.store.findUser(username);
      if (user?.id !== userId) return undefined;
      const roles = await rolesOf(identity.store, user);
      const reviewer = callerFrom({ user, roles }, identity.defaultPermission);
      const mayEdit = allows(permissionOnRegisteredModel(reviewer, name, true), 'update');
      return [username, { roles: roles.map((role) => role.name), mayEdit }] as const;
    }),
  );
  return new Map(found.filter((voter) => voter !== undefined));
}

/** A caller as a reviewer. */
export async function voterOf(services: Services, name: string): Promise<Voter | undefined> {
  const { caller, identity } = services;
  if (!caller || !identity) return undefined;
  const { username, userId } = caller;
  const voters = await votersOf(identity, name, [{ username, userId, verdict: 'APPROVE', comment: '', time: 0 }]);
  return voters.get(username);
}
