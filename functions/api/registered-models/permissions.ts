import { wireModelPermission } from '../../protocol/identity.ts';
import { legacyPermissions } from '../identity/legacy-permissions.ts';

/** Permissions on a registered model, for clients up to 3.10. */
export const registeredModelPermissions = legacyPermissions({
  path: '/mlflow/registered-models/permissions',
  type: 'registered_model',
  field: 'name',
  key: 'registered_model_permission',
  title: 'Registered model',
  wire: wireModelPermission,
});
