import { isWithin } from './access-token.ts';
import {
  type Action,
  allows,
  EVERY,
  type Grants,
  governingPermission,
  lowerOf,
  type Permission,
  type Resource,
  type ResourceType,
} from './permission.ts';
import type { TokenRole } from './token.ts';

/** What bounds a caller who came with a token. */
export interface TokenBounds {
  readonly tokenId: string;
  readonly role: TokenRole;
  /** The only experiments it is good for; undefined for all of everything. */
  readonly experimentIds: ReadonlySet<string> | undefined;
  /** The only registered models, by name, that a token for some experiments, or for none, is good for. */
  readonly registeredModels?: ReadonlySet<string> | undefined;
}

/** What is known of a caller who came with the cookie of a session. */
export interface CallerSession {
  readonly sessionId: string;
  /** What their page must send with each write. */
  readonly csrfToken: string;
  /** When it ends at the latest, in ms since the epoch. */
  readonly expiresAt: number;
}

/** Who makes a request, and all that decides what they may do. */
export interface Caller {
  readonly username: string;
  readonly userId: number;
  /** Whether nothing need be granted to them: they are an admin, though a token may bound what they do. */
  readonly holdsAll: boolean;
  /** Whether they act as an admin: they are one, and their token, if they came with one, lets them. */
  readonly isAdmin: boolean;
  readonly grants: Grants;
  /** What holds where nothing was granted. */
  readonly byDefault: Permission;
  readonly token: TokenBounds | undefined;
  readonly session?: CallerSession | undefined;
}

/** Something of an experiment, or of a registered model, that grants may speak of apart from it. */
type ExperimentPart = Extract<ResourceType, 'run' | 'logged_model'>;

const WORKSPACE: Resource = { type: 'workspace', id: EVERY };
const CEILING: Readonly<Record<TokenRole, Permission>> = {
  READ: 'READ',
  EDIT: 'EDIT',
  MANAGE: 'MANAGE',
  ADMIN: 'MANAGE',
};

/** What a caller may do with an experiment, or with its runs or logged models as a whole. */
export function permissionOnExperiment(caller: Caller, experimentId: string, part?: ExperimentPart): Permission {
  const { token } = caller;
  if (token?.experimentIds && !token.experimentIds.has(experimentId)) return 'NO_PERMISSIONS';
  const own: readonly Resource[] = part ? [{ type: part, id: EVERY }] : [];
  return bounded(caller, [...own, { type: 'experiment', id: experimentId }]);
}

/** What a caller may do with a registered model, or with its versions as a whole. A prompt is one, too. */
export function permissionOnRegisteredModel(caller: Caller, name: string, ofVersions = false): Permission {
  const { token } = caller;
  // A token with bounds is for nothing that it does not name.
  if (token?.experimentIds && !token.registeredModels?.has(name)) return 'NO_PERMISSIONS';
  const own: readonly Resource[] = ofVersions ? [{ type: 'registered_model_version', id: EVERY }] : [];
  return bounded(caller, [...own, { type: 'registered_model', id: name }, { type: 'prompt', id: name }]);
}

/** What a caller may do with any other resource that grants speak of. */
export function permissionOn(caller: Caller, { type, id }: Resource): Permission {
  if (type === 'experiment' && id !== EVERY) return permissionOnExperiment(caller, id);
  if (caller.token?.experimentIds) return 'NO_PERMISSIONS';
  return bounded(caller, [{ type, id }]);
}

function bounded(caller: Caller, rungs: readonly Resource[]): Permission {
  const own = caller.holdsAll ? 'MANAGE' : governingPermission(caller.grants, [...rungs, WORKSPACE], caller.byDefault);
  return caller.token ? lowerOf(own, CEILING[caller.token.role]) : own;
}

/** Whether a caller may do something to an experiment, its runs or its logged models. */
export const mayOnExperiment = (caller: Caller, action: Action, experimentId: string, part?: ExperimentPart): boolean =>
  allows(permissionOnExperiment(caller, experimentId, part), action);

/** The experiments of which a caller may read the runs or logged models, or themselves; all of them without a caller. */
export const readableExperiments = (
  caller: Caller | undefined,
  experimentIds: readonly string[],
  part?: ExperimentPart,
): readonly string[] =>
  caller ? experimentIds.filter((id) => mayOnExperiment(caller, 'read', id, part)) : experimentIds;

/** Whether a registered model, or its versions, may be shown to a caller; without one to everybody. */
export const mayReadModel = (caller: Caller | undefined, name: string, ofVersions = false): boolean =>
  caller === undefined || allows(permissionOnRegisteredModel(caller, name, ofVersions), 'read');

/** Whether a caller may make experiments and registered models: everybody but who came with a token that keeps them from it. */
export const mayCreate = ({ token }: Caller): boolean =>
  token === undefined || (isWithin('EDIT', token.role) && token.experimentIds === undefined);

/**
 * Whether a caller may change who may do what: passwords, tokens, grants, roles. Not with a token that gives less than its
 * user has, or it could be traded for a better one.
 */
export const mayGovern = ({ token }: Caller): boolean =>
  token === undefined || (isWithin('MANAGE', token.role) && token.experimentIds === undefined);
