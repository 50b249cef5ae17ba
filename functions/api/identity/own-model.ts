import type { ResourceType } from '../../domain/permission.ts';
import type { User } from '../../domain/user.ts';
import type { IdentityStore } from '../../store/identity-store.ts';
import type { Services } from '../operation.ts';
import { withGrant } from './grants.ts';

const TYPES: readonly ResourceType[] = ['registered_model', 'prompt'];

/**
 * To be called once a registered model was made: its maker alone holds a grant on it. Grants of an earlier model by the
 * name, whose deletion was cut off, go.
 */
export async function ownRegisteredModel({ caller, identity }: Services, name: string): Promise<void> {
  if (!caller || !identity) return;
  await renameGrants(identity.store, name, undefined);
  await identity.store.updateUser(caller.username, (user) =>
    withGrant(user, { resourceType: 'registered_model', resourcePattern: name, permission: 'MANAGE' }),
  );
}

/** To be called once a registered model was renamed: what was granted on it moves along (MLflow: rename_registered_model_permission). */
export async function moveRegisteredModel({ identity }: Services, name: string, newName: string): Promise<void> {
  if (!identity || name === newName) return;
  // Those of an earlier model by the new name, whose deletion was cut off.
  await renameGrants(identity.store, newName, undefined);
  await renameGrants(identity.store, name, newName);
}

/** To be called once a registered model was deleted: another one by its name is nobody's yet. */
export async function disownRegisteredModel({ identity }: Services, name: string): Promise<void> {
  if (identity) await renameGrants(identity.store, name, undefined);
}

/** Users are asked one after the other: this is rare, and a thousand of them are a few reads. */
async function renameGrants(store: IdentityStore, name: string, newName: string | undefined): Promise<void> {
  const isOn = (user: User) =>
    user.grants.some(({ resourceType, resourcePattern }) => TYPES.includes(resourceType) && resourcePattern === name);
  for (const { username } of (await store.listUsers()).filter(isOn)) {
    await store.updateUser(username, (user) => ({
      ...user,
      grants: user.grants.flatMap((grant) => {
        if (!TYPES.includes(grant.resourceType) || grant.resourcePattern !== name) return [grant];
        return newName === undefined ? [] : [{ ...grant, resourcePattern: newName }];
      }),
    }));
  }
}
