import { invalidParameter } from './errors.ts';

/** The levels, in MLflow's order (MLflow: server/auth/permissions.py, ALL_PERMISSIONS). */
export const PERMISSIONS = ['READ', 'USE', 'EDIT', 'MANAGE', 'NO_PERMISSIONS', 'DENY'] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** What somebody wants to do with a resource. */
export type Action = 'read' | 'use' | 'update' | 'delete' | 'manage';

/** The weakest level that suffices for an action: what deletes wants as much as what hands out permissions. */
const LEAST: Readonly<Record<Action, Permission>> = {
  read: 'READ',
  use: 'USE',
  update: 'EDIT',
  delete: 'MANAGE',
  manage: 'MANAGE',
};

/** A denial is below nothing at all, so that it never wins as the higher one (MLflow: PERMISSION_PRIORITY). */
const RANK: Readonly<Record<Permission, number>> = { DENY: -1, NO_PERMISSIONS: 0, READ: 1, USE: 2, EDIT: 3, MANAGE: 4 };

/** Whether a level suffices for an action. */
export const allows = (permission: Permission, action: Action): boolean => RANK[permission] >= RANK[LEAST[action]];

/** The lower of two levels. */
export const lowerOf = (a: Permission, b: Permission): Permission => (RANK[a] <= RANK[b] ? a : b);

const higherOf = (a: Permission, b: Permission): Permission => (RANK[a] >= RANK[b] ? a : b);

/** Whether grants on a kind of resource may name one of its resources, or only all of them (MLflow: permissions.py, TYPE). */
const GRAIN = {
  experiment: 'id',
  registered_model: 'id',
  prompt: 'id',
  scorer: 'id',
  gateway_secret: 'id',
  gateway_endpoint: 'id',
  gateway_model_definition: 'id',
  mcp_server: 'id',
  workspace: 'all',
  run: 'all',
  trace: 'all',
  assessment: 'all',
  logged_model: 'all',
  review_queue: 'all',
  registered_model_version: 'all',
  prompt_version: 'all',
  scorer_version: 'all',
  mcp_server_version: 'all',
} as const;

export type ResourceType = keyof typeof GRAIN;

/** The pattern of a grant on every resource of its kind. */
export const EVERY = '*';

/** A level on a resource, or on all of a kind. */
export interface Grant {
  readonly resourceType: ResourceType;
  readonly resourcePattern: string;
  readonly permission: Permission;
}

/** One resource that a grant may speak of; `EVERY` stands for the kind as a whole. */
export interface Resource {
  readonly type: ResourceType;
  readonly id: string;
}

/** Somebody's grants, to be asked of many resources: who made ten thousand experiments holds as many grants. */
export type Grants = ReadonlyMap<string, Permission>;

const keyOf = (type: string, pattern: string): string => `${type} ${pattern}`;

/** Folds grants: several may speak of one resource, and then a denial wins, or else the highest (MLflow: fold_grants_for_key). */
export function foldGrants(grants: readonly Grant[]): Grants {
  const folded = new Map<string, Permission>();
  for (const { resourceType, resourcePattern, permission } of grants) {
    const key = keyOf(resourceType, resourcePattern);
    folded.set(key, fold(folded.get(key), permission));
  }
  return folded;
}

function fold(a: Permission | undefined, b: Permission): Permission {
  if (a === undefined) return b;
  return a === 'DENY' || b === 'DENY' ? 'DENY' : higherOf(a, b);
}

function grantOn(grants: Grants, { type, id }: Resource): Permission | undefined {
  const ofOne = grants.get(keyOf(type, id));
  const ofAll = grants.get(keyOf(type, EVERY));
  return ofAll === undefined || id === EVERY ? ofOne : fold(ofOne, ofAll);
}

/**
 * The level that governs a resource: that of the first of `rungs` (the resource, then what it belongs to) of which the
 * grants say anything, else the default. A positive grant never gives less than the default; a denial and
 * NO_PERMISSIONS do (MLflow: requirements.py, governing_permission, floor_positive_permission).
 */
export function governingPermission(grants: Grants, rungs: readonly Resource[], byDefault: Permission): Permission {
  for (const rung of rungs) {
    const granted = grantOn(grants, rung);
    if (granted === undefined) continue;
    return granted === 'DENY' || granted === 'NO_PERMISSIONS' ? granted : higherOf(granted, byDefault);
  }
  return byDefault;
}

const pythonTuple = (names: readonly string[]): string => `(${names.map((name) => `'${name}'`).join(', ')})`;

/** Throws INVALID_PARAMETER_VALUE for a name that is no level (MLflow: _validate_permission). */
export function parsePermission(name: string): Permission {
  const permission = PERMISSIONS.find((known) => known === name);
  if (permission) return permission;
  throw invalidParameter(`Invalid permission '${name}'. Valid permissions are: ${pythonTuple(PERMISSIONS)}`);
}

const isResourceType = (name: string): name is ResourceType => Object.hasOwn(GRAIN, name);

/** Throws INVALID_PARAMETER_VALUE for a name that is no kind of resource (MLflow: _validate_resource_type). */
export function parseResourceType(name: string): ResourceType {
  if (isResourceType(name)) return name;
  const known = pythonTuple(Object.keys(GRAIN).sort());
  throw invalidParameter(`Invalid resource type '${name}'. Valid resource types are: ${known}`);
}

const OF_WORKSPACES: readonly Permission[] = ['MANAGE', 'USE'];
const OF_RESOURCES: readonly Permission[] = ['DENY', 'EDIT', 'MANAGE', 'READ', 'USE'];

/**
 * A grant from its words. Throws INVALID_PARAMETER_VALUE for a level that this kind of resource does not take, and for a
 * pattern that names one resource where only all can be meant (MLflow: _validate_permission_for_resource_type,
 * _validate_resource_pattern).
 */
export function parseGrant(type: string, pattern: string, level: string): Grant {
  const permission = parsePermission(level);
  const resourceType = parseResourceType(type);
  const ofWorkspace = resourceType === 'workspace';
  const grantable = ofWorkspace ? OF_WORKSPACES : OF_RESOURCES;
  if (!grantable.includes(permission)) {
    const kind = ofWorkspace ? 'Workspace-wide' : 'Resource-level';
    throw invalidParameter(
      `Invalid permission '${permission}' for resource_type='${resourceType}'. ` +
        `${kind} grants accept only: ${pythonTuple(grantable)}.`,
    );
  }
  if (pattern !== EVERY && GRAIN[resourceType] === 'all') {
    throw invalidParameter(
      `Invalid resource_pattern '${pattern}' for resource_type='${resourceType}'. ` +
        "This resource type supports only wildcard ('*') grants.",
    );
  }
  return { resourceType, resourcePattern: pattern, permission };
}
