import { wireExperimentPermission } from '../../protocol/identity.ts';
import { legacyPermissions } from '../identity/legacy-permissions.ts';

/** Permissions on an experiment, for clients up to 3.10. */
export const experimentPermissions = legacyPermissions({
  path: '/mlflow/experiments/permissions',
  type: 'experiment',
  field: 'experiment_id',
  key: 'experiment_permission',
  title: 'Experiment',
  wire: wireExperimentPermission,
});
