import { alreadyExists, doesNotExist, type MlflowError } from '../../domain/errors.ts';
import { type Grant, parsePermission } from '../../domain/permission.ts';
import type { User } from '../../domain/user.ts';
import { requiredText } from '../../protocol/common.ts';
import { username } from '../../protocol/identity.ts';
import { message } from '../../protocol/message.ts';
import { textOf } from '../guard/requirement.ts';
import type { JsonOperation, Method } from '../operation.ts';
import { defineIdentityOperation } from './define-identity-operation.ts';
import { getUser } from './get-user.ts';
import { findGrant, withGrant, withoutGrant } from './grants.ts';

/** One kind of resource whose permissions had endpoints of their own until MLflow 3.10. */
interface LegacyKind {
  /** Path of the endpoints, as `/mlflow/experiments/permissions`. */
  readonly path: string;
  readonly type: Grant['resourceType'];
  /** The field that names the resource. */
  readonly field: 'experiment_id' | 'name';
  /** The key that answers have it under. */
  readonly key: string;
  /** What messages call it. */
  readonly title: string;
  readonly wire: (user: User, resource: string, permission: string) => object;
}

/** Making, reading, changing and taking away a user's permission on one resource (MLflow 2.22: server/auth/__init__.py). */
export function legacyPermissions({ path, type, field, key, title, wire }: LegacyKind): readonly JsonOperation[] {
  const resource = { [field]: requiredText('The resource') };
  const permission = requiredText('READ, USE, EDIT, MANAGE or NO_PERMISSIONS');
  const asked = message({ ...resource, username });
  const given = message({ ...resource, username, permission });
  /** The type of a message whose fields are named at run time knows only of fields. */
  const named = (input: Readonly<Record<string, unknown>>) => ({
    id: textOf(input, field),
    name: textOf(input, 'username'),
  });
  const place = (verb: string, method: Method) => ({ method, path: `${path}/${verb}`, since: '2.0' }) as const;
  const notFound = (id: string, name: string): MlflowError =>
    doesNotExist(`${title} permission with ${field}=${id} and username=${name} not found`);
  const grantOf = (id: string, level: string): Grant => ({
    resourceType: type,
    resourcePattern: id,
    permission: parsePermission(level),
  });
  return [
    defineIdentityOperation({
      ...place('create', 'POST'),
      request: given,
      handle: async (input, { identity: { store } }) => {
        const { id, name } = named(input);
        const grant = grantOf(id, textOf(input, 'permission'));
        const user = await store.updateUser(name, (current) => {
          if (!findGrant(current, type, id)) return withGrant(current, grant);
          throw alreadyExists(`${title} permission (${field}=${id}, username=${name}) already exists.`);
        });
        return { [key]: wire(user, id, grant.permission) };
      },
    }),
    defineIdentityOperation({
      ...place('get', 'GET'),
      request: asked,
      handle: async (input, { identity: { store } }) => {
        const { id, name } = named(input);
        const user = await getUser(store, name);
        const grant = findGrant(user, type, id);
        if (!grant) throw notFound(id, name);
        return { [key]: wire(user, id, grant.permission) };
      },
    }),
    defineIdentityOperation({
      ...place('update', 'PATCH'),
      request: given,
      handle: async (input, { identity: { store } }) => {
        const { id, name } = named(input);
        const grant = grantOf(id, textOf(input, 'permission'));
        await store.updateUser(name, (current) => {
          if (findGrant(current, type, id)) return withGrant(current, grant);
          throw notFound(id, name);
        });
        return {};
      },
    }),
    defineIdentityOperation({
      ...place('delete', 'DELETE'),
      request: asked,
      handle: async (input, { identity: { store } }) => {
        const { id, name } = named(input);
        await store.updateUser(name, (current) => {
          const changed = withoutGrant(current, { resourceType: type, resourcePattern: id });
          if (changed !== current) return changed;
          throw notFound(id, name);
        });
        return {};
      },
    }),
  ];
}
