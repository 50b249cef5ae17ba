import { invalidParameter } from '../../../domain/errors.ts';
import { parseResourceType, type ResourceType } from '../../../domain/permission.ts';
import { requiredText } from '../../../protocol/common.ts';
import { username } from '../../../protocol/identity.ts';

/** A user and the resource that a permission of theirs is on. */
export const grantedResource = {
  username,
  resource_type: requiredText('Kind of resource, such as experiment or registered_model'),
  resource_id: requiredText('Its id or name, or * for all of its kind'),
};

/** MLflow: server/auth/__init__.py, _reject_workspace_resource_type. */
const NO_WORKSPACE_GRANTS =
  "resource_type 'workspace' is not supported by the per-user permission convenience APIs. Use " +
  'set_workspace_permission / delete_workspace_permission for workspace-wide grants.';

/** Throws INVALID_PARAMETER_VALUE for a kind that is none, and for the workspace. */
export function parseGrantable(name: string): ResourceType {
  const type = parseResourceType(name);
  if (type === 'workspace') throw invalidParameter(NO_WORKSPACE_GRANTS);
  return type;
}
