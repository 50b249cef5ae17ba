import type { Services } from '../operation.ts';
import { withGrant } from './grants.ts';

/**
 * Gives the caller MANAGE on an experiment that they are about to make, so that nobody makes one and cannot get at it. Should
 * the making then fail, the grant speaks of an id that no experiment will ever have (MLflow: set_can_manage_experiment_permission).
 */
export function owningExperiment({
  caller,
  identity,
}: Services): ((experimentId: string) => Promise<void>) | undefined {
  if (!caller || !identity) return undefined;
  return async (experimentId) => {
    await identity.store.updateUser(caller.username, (user) =>
      withGrant(user, { resourceType: 'experiment', resourcePattern: experimentId, permission: 'MANAGE' }),
    );
  };
}
