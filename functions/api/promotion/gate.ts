import type { ModelVersion } from '../../domain/entities.ts';
import { MlflowError } from '../../domain/errors.ts';
import { noSuchVersion } from '../../domain/model-version.ts';
import { isCopied } from '../../domain/promotion/copies.ts';
import { type DemandOutcome, demandsOf } from '../../domain/promotion/demand.ts';
import type { Promotion } from '../../domain/promotion/history.ts';
import { protectionsOf, rulesFor } from '../../domain/promotion/policy.ts';
import { decided, type PromotionRequest } from '../../domain/promotion/request.ts';
import { holdersOf, nameOfTarget, type PromotionTarget, withEntrance } from '../../domain/promotion/target.ts';
import { stageOfVersion } from '../../domain/version-stages.ts';
import type { Decide, Situation } from '../../store/promotion-store.ts';
import type { Keep } from '../../store/registry-store.ts';
import type { Store } from '../../store/store.ts';
import type { RequestFacts, Services } from '../operation.ts';
import { factsFor } from './facts.ts';

/** How a version is to come into a target. */
export interface Entrance {
  readonly versionNumber: number;
  readonly target: PromotionTarget;
  readonly archivesOthers: boolean;
  readonly now: number;
  readonly comment: string;
  /** The request that is acted on; undefined for MLflow's own calls, which act on whichever is open. */
  readonly requestId?: string | undefined;
}

/** Where somebody is to be told to ask. */
type Place = Pick<RequestFacts, 'origin'>;

/** What is looked at of a situation. */
type Looked = Pick<Situation, 'model' | 'policies' | 'findVersion' | 'findOpenRequest'>;

/** Which version for which target. */
type Wanted = Pick<Entrance, 'versionNumber' | 'target'>;

/** A version's demands for a target, each met or not, and the request that is open. */
interface Checked {
  readonly isGated: boolean;
  readonly demands: readonly DemandOutcome[];
  readonly request: PromotionRequest | undefined;
}

/** Holds a version to the rules of a target. Throws RESOURCE_DOES_NOT_EXIST for no such version. */
export async function checkVersion(services: Services, looked: Looked, wanted: Wanted): Promise<Checked> {
  const { model, policies } = looked;
  const { versionNumber, target } = wanted;
  const rules = rulesFor(policies, target);
  const isThere = stageOfVersion(model.stages, versionNumber) !== undefined;
  if (!isThere) throw noSuchVersion(model.name, versionNumber);
  const request = await looked.findOpenRequest({ registeredModelId: model.registeredModelId, versionNumber, target });
  if (rules.length === 0) return { isGated: false, demands: [], request };
  const version: ModelVersion | undefined = await looked.findVersion(versionNumber);
  if (!version) throw noSuchVersion(model.name, versionNumber);
  const facts = await factsFor(services, { name: model.name, version, rules, request });
  return { isGated: true, demands: demandsOf(rules, facts), request };
}

/** Lets a version into a target when it meets all demands. Throws PERMISSION_DENIED saying which it does not. */
export const entering =
  (services: Services, place: Place, entrance: Entrance): Decide =>
  async (situation) => {
    const { versionNumber, target, now, comment, requestId } = entrance;
    const { model } = situation;
    const { demands, request } = await checkVersion(services, situation, entrance);
    const isInside = holdersOf(model, target).includes(versionNumber);
    const isActedOn = requestId === undefined || request?.requestId === requestId;
    if (!isActedOn) throw new MlflowError('RESOURCE_CONFLICT', `Promotion request ${requestId} is no longer open.`);
    // Nothing enters: MLflow's own calls may say again what is so.
    const isRepeated = isInside && requestId === undefined;
    if (!isRepeated) refuseUnmet(demands, { name: model.name, ...entrance }, place);
    const by = services.caller?.username;
    const kind: Promotion['kind'] = request && !isRepeated ? 'request' : 'direct';
    const ends = isRepeated ? undefined : request && decided(request, 'PROMOTED', { by, time: now, comment });
    services.noteForAudit?.(enteredText(model.name, entrance, ends));
    const next = withEntrance(model, target, entrance);
    return { model: next, ends, record: { kind, by, time: now, comment, undoes: undefined } };
  };

/** Demands that one message names: a policy may have hundreds. */
const MAX_NAMED = 20;

interface Refused extends Wanted {
  readonly name: string;
}

/**
 * Throws PERMISSION_DENIED when a demand is not met. Of the codes that would fit, MLflow's client shows this one whole and
 * does not try again; INVALID_STATE would be a 500, which it repeats for minutes.
 */
export function refuseUnmet(
  demands: readonly DemandOutcome[],
  { name, versionNumber, target }: Refused,
  place: Place,
): void {
  const missing = demands.filter(({ isMet }) => !isMet).map(({ message }) => message);
  if (missing.length === 0) return;
  const named = missing.slice(0, MAX_NAMED).join('; ');
  const more = missing.length > MAX_NAMED ? `; and ${missing.length - MAX_NAMED} more` : '';
  const page = `${place.origin}/models/${encodeURIComponent(name)}/versions/${versionNumber}`;
  throw new MlflowError(
    'PERMISSION_DENIED',
    `Version ${versionNumber} of registered model '${name}' may not enter ${nameOfTarget(target)}: ${named}${more}. ` +
      `Ask for its promotion at ${page} or with POST /api/2.0/tracklet/promotions/requests.`,
  );
}

function enteredText(name: string, { versionNumber, target }: Wanted, ends: PromotionRequest | undefined): string {
  const by = ends ? `, by promotion request ${ends.requestId}` : '';
  return `version ${versionNumber} of registered model '${name}' entered ${nameOfTarget(target)}${by}`;
}

/**
 * Keeps a version, or all versions of a model, from being deleted where a policy is in force: while a stage or a protected
 * alias names it, or another version was copied from it.
 */
export const keepingProtected =
  ({ listModelVersions }: Pick<Store, 'listModelVersions'>, versionNumber?: number): Keep =>
  async (model, policies) => {
    if (policies.length === 0) return;
    const what =
      versionNumber === undefined
        ? `Registered model '${model.name}'`
        : `Version ${versionNumber} of registered model '${model.name}'`;
    const holds = protectionsOf(model, policies, versionNumber);
    if (holds.length > 0) throw inUse(what, holds.join(', '), TAKE_OUT);
    // Which model it is, the caller may not be allowed to know.
    if (isCopied(await listModelVersions(), model.name, versionNumber)) throw inUse(what, 'a source', DELETE_COPIES);
  };

const TAKE_OUT =
  "First take it out of use: transition it to 'Archived', and give its aliases to another version or delete them.";
const DELETE_COPIES =
  'First delete the version of another model that was copied from it; GET /api/2.0/tracklet/lineage tells which.';

const inUse = (what: string, use: string, advice: string): MlflowError =>
  new MlflowError('PERMISSION_DENIED', `${what} cannot be deleted: it is in use as ${use}. ${advice}`);
